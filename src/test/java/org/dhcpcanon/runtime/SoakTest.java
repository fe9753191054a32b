package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Twelve weeks of 64 interfaces, in virtual time. */
class SoakTest {
    private static final long WEEKS = Long.getLong("soak.weeks", 12);
    private static final long SEED = Long.getLong("soak.seed", 20_261_127);
    private static final int INTERFACES = 64;
    private static final long MINUTE = 60 * SoakHost.SECOND;
    private static final long WEEK = 7 * 24 * 60 * MINUTE;
    /** The longest pause between two searches (RFC 2131 §4.1), and the second by which it may be longer. */
    private static final long SEARCH = 65 * SoakHost.SECOND;
    /** What an exchange takes, and a caller that begins anew. */
    private static final long EXCHANGE = 10 * SoakHost.SECOND;

    private final SoakHost host = new SoakHost(INTERFACES, SEED);

    @Test
    void whateverHappensEveryInterfaceHasALeaseAgain() {
        for (int week = 1; week <= WEEKS; week++) {
            for (int part = 0; part < 12; part++) {
                host.run(WEEK / 12);
                host.checkShown();
            }
            host.peace();
            host.run(SEARCH + EXCHANGE);
            assertEquals(List.of(), host.withoutLease(), "week " + week + ", seed " + SEED);
            assertEquals(INTERFACES, host.clientsShown());
            host.unrest();
        }
        host.cables.forEach(SoakTest::checkRenewals);
        checkJournal();
    }

    /** What is written grows with what is sent, and with nothing else. */
    private void checkJournal() {
        int sent = host.cables.stream().mapToInt(SoakCable::sent).sum();
        assertTrue(sent > 1000 * WEEKS, "nothing happens: " + sent);
        int lines = host.lines().values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(lines < 3 * sent, lines + " lines for " + sent + " messages; " + host.troubles());
    }

    /** RFC 2131 §4.4.5: at half of the lease. */
    private static void checkRenewals(SoakCable cable) {
        assertTrue(
                cable.earliestRenewal() > 0.4 && cable.latestRenewal() < 0.6,
                cable.name() + " renews between " + cable.earliestRenewal() + " and " + cable.latestRenewal());
    }
}
