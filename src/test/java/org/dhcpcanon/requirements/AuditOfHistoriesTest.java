package org.dhcpcanon.requirements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.dhcpcanon.audit.Audit;
import org.dhcpcanon.audit.Finding;
import org.dhcpcanon.audit.Rule;
import org.dhcpcanon.audit.Verdict;
import org.junit.jupiter.api.Test;

/** What a stranger with a capture of everything that can happen would say of each profile. */
class AuditOfHistoriesTest {
    /**
     * What a capture shows as a fault and is none, or cannot be otherwise: a machine that sleeps does not repeat itself in time; a
     * service that was killed in the ten seconds after a DECLINE does not know of it, as nothing is kept of a network that gave no lease;
     * and somebody who starts the client again does not want to wait.
     */
    private static final Map<String, Set<String>> UNAVOIDABLE = Map.of(
            "R-01", Set.of("sleep beyond the lease", "sleep beyond T2"),
            "R-10b",
                    Set.of(
                            "waiting, then the service killed",
                            "waiting, then the service killed and away",
                            "waiting, then release"));

    /** No packet can show how it is where there is no hardware address, whom one is like, and what a user may choose. */
    private static final Set<Rule> NOT_IN_PACKETS = EnumSet.of(Rule.V4_18, Rule.V4_23, Rule.V4_28, Rule.V4_29);

    @Test
    void strictBreaksNothing() {
        assertEquals(Map.of(), failures(Histories.of("strict").ordinary()));
    }

    /** INIT-REBOOT is what its user has asked for, and all else is as before. */
    @Test
    void whoOptsInToInitRebootBreaksThatRowOnly() {
        assertEquals(
                Set.of("V4-15"),
                failures(Histories.of("strict").in(Histories.OPTED_IN)).keySet());
    }

    /** Otherwise that nothing is broken would prove nothing. */
    @Test
    void strictShowsEveryRowThatPacketsCanShow() {
        Set<Rule> missing = EnumSet.allOf(Rule.class);
        missing.removeAll(seen(Histories.of("strict").ordinary()));
        Set<Rule> expected = EnumSet.copyOf(NOT_IN_PACKETS);
        // It has no host name.
        expected.add(Rule.V4_22);
        assertEquals(expected, missing);
    }

    @Test
    void strictHasNothingThatLinksTwoHardwareAddresses() {
        Audit audit = Audit.of(Histories.frames(Histories.of("strict").ordinary()));
        assertEquals(List.of(), audit.links());
        assertEquals(List.of(), audit.malformed());
    }

    /** Its options and their order are those of AOSP, which waits 1, 2, 4 s and fills up to an even length only. */
    @Test
    void androidBreaksWhatItsCrowdBreaks() {
        // 57 and 60 in all messages that ask; 43 among the parameters.
        Set<String> options = Set.of("V4-03", "V4-07", "V4-11", "V4-26", "V4-19");
        Set<String> fixedOrders = Set.of("V4-12", "V4-20");
        assertBreaks("android", List.of(options, fixedOrders, Set.of("R-01"), Set.of("R-15")));
    }

    /** As in captures of Windows 10 and 11. Its parameters ascend, which V4-20 allows to who cannot shuffle. */
    @Test
    void windowsBreaksWhatItsCrowdBreaks() {
        Set<String> options = Set.of("V4-03", "V4-07", "V4-11", "V4-21", "V4-24", "V4-26", "V4-19");
        // 121 behind 3 and 33; waits of 4.5, 4.5 and 7.8 s; secs with its octets swapped.
        assertBreaks("windows", List.of(options, Set.of("V4-12"), Set.of("R-13"), Set.of("R-01"), Set.of("R-07")));
    }

    /** 57 is sent, and 2 asked for, in one order for everybody. */
    @Test
    void plainBreaksWhatAnOrdinaryClientBreaks() {
        assertBreaks("plain", List.of(Set.of("V4-03", "V4-07", "V4-11"), Set.of("V4-19"), Set.of("V4-12", "V4-20")));
    }

    private static void assertBreaks(String profile, List<Set<String>> deliberate) {
        Set<String> all = new TreeSet<>();
        deliberate.forEach(all::addAll);
        assertEquals(all, failures(Histories.of(profile).ordinary()).keySet());
    }

    /** The packets that break each rule first, for each client; without what is unavoidable. */
    private static Map<String, Set<String>> failures(List<Play> plays) {
        Map<String, Set<String>> failures = new TreeMap<>();
        each(plays, (rule, finding) -> {
            String where = finding.shown().map(frame -> frame.source()).orElse("");
            boolean unavoidable =
                    UNAVOIDABLE.getOrDefault(rule.id(), Set.of()).stream().anyMatch(where::endsWith);
            if (finding.verdict() == Verdict.FAIL && !unavoidable) {
                failures.computeIfAbsent(rule.id(), id -> new TreeSet<>()).add(where + ": " + finding.reason());
            }
        });
        return failures;
    }

    private static Set<Rule> seen(List<Play> plays) {
        Set<Rule> seen = EnumSet.noneOf(Rule.class);
        each(plays, (rule, finding) -> {
            if (finding.verdict() != Verdict.NOT_SEEN) {
                seen.add(rule);
            }
        });
        return seen;
    }

    private static void each(List<Play> plays, BiConsumer<Rule, Finding> consumer) {
        Audit.of(Histories.frames(plays))
                .clients()
                .forEach(report -> report.rows().forEach(consumer));
    }
}
