package org.dhcpcanon.audit;

import static org.dhcpcanon.audit.Packets.SERVER;
import static org.dhcpcanon.audit.Packets.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule with captures that keep it, break it, or do not show it. */
class RuleTest {
    /** What no packet shows. */
    private static final Set<Rule> INVISIBLE = Set.of(Rule.V4_18, Rule.V4_23, Rule.V4_28, Rule.V4_29);
    /** What nobody is blamed for. */
    private static final Set<Rule> ONLY_NOTED = Set.of(Rule.V4_02, Rule.R_03, Rule.R_09, Rule.R_10, Rule.R_22);

    private static final List<RuleCases.Case> CASES = RuleCases.cases();
    private static final byte[] NAME = text(12, "frodo");

    @TestFactory
    Stream<DynamicTest> captures() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(one.rule().id() + " " + one.name(), () -> {
                    Finding finding = one.packets().finding(one.rule());
                    assertEquals(one.expected(), finding.verdict(), finding.reason());
                    assertEquals(
                            one.expected() == Verdict.NOT_SEEN, finding.shown().isEmpty());
                }));
    }

    @Test
    void everyRuleThatPacketsShowIsKeptAndBrokenByACapture() {
        for (Rule rule : EnumSet.allOf(Rule.class)) {
            boolean seen = !INVISIBLE.contains(rule);
            assertEquals(seen, has(rule, Verdict.PASS), rule.id() + " kept");
            Verdict wrong = ONLY_NOTED.contains(rule) ? Verdict.NOTE : Verdict.FAIL;
            assertEquals(seen, has(rule, wrong), rule.id() + " broken");
        }
    }

    private static boolean has(Rule rule, Verdict verdict) {
        return CASES.stream().anyMatch(one -> one.rule() == rule && one.expected() == verdict);
    }

    @Test
    void aCleanExchangeBreaksNothing() {
        Packets clean = RuleCases.lease().after(1800).xid(0x8badf00d).renew().ack();
        Audit.Report report = clean.audit().clients().get(0);
        assertEquals(List.of(), report.with(Verdict.FAIL));
        assertEquals(List.of(), report.with(Verdict.NOTE));
        assertEquals(3, report.messages());
        assertEquals(1, report.sessions());
    }

    @Test
    void onlyMustsBreakAClient() {
        assertTrue(RuleCases.start().xid(0).discover().audit().clients().get(0).isBroken());
        Audit.Report named = RuleCases.start().discover(NAME).audit().clients().get(0);
        Collection<Rule> failed = named.with(Verdict.FAIL);
        assertTrue(failed.contains(Rule.V4_21) && !named.isBroken(), failed.toString());
    }

    @Test
    void thePacketThatShowsItIsNamed() {
        Finding finding = RuleCases.lease().after(1800).renew(NAME).finding(Rule.V4_21);
        assertEquals(5, finding.shown().orElseThrow().number());
        assertEquals("REQUEST (renew) has 12", finding.reason());
    }

    @Test
    void whatARelayPassesOnIsNobodys() {
        assertEquals(
                List.of(), RuleCases.start().relay(SERVER).discover().audit().clients());
    }
}
