package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Another machine has the address: NetworkManager finds out, and the server hears of it. */
@Execution(ExecutionMode.CONCURRENT)
class ConflictIT {
    // Kea gives the lowest address first.
    private static final String TAKEN = "10.77.0.50";
    private static final double WAIT_SECONDS = 10;

    @Test
    void aTakenAddressIsDeclinedAndAnotherOneComesAfterTheWaitOfRfc2131() {
        try (Lab lab = Lab.up("--server", "kea")) {
            lab.run("neighbour", TAKEN).ok();
            lab.inside("nmcli", "con", "modify", "eth0", "ipv4.dad-timeout", "500");
            lab.connect().ok();

            Packet decline = lab.awaitPacket("DECLINE", 0, Duration.ofSeconds(1));
            assertEquals(Set.of(53, 50, 54, 61), decline.codes());
            assertEquals(53, decline.codes().iterator().next());
            assertEquals("0a4d0032", decline.option(50));
            assertEquals("0.0.0.0", decline.field("ciaddr"));
            assertFalse(decline.isUnicast());
            Packet again = lab.awaitPacket("DISCOVER", 1, Duration.ofSeconds(1));
            double wait = again.time() - decline.time();
            assertTrue(wait >= WAIT_SECONDS - 0.1 && wait < WAIT_SECONDS + 2, wait + " s until the next DISCOVER");
            assertNotEquals(TAKEN + "/24", lab.address("eth0"));
            assertEquals("connected", lab.deviceState("eth0"));
        }
    }

    /** NetworkManager does not look, as it is by default before 1.46; we do. */
    @Test
    void aTakenAddressIsFoundByOurselvesWhereTheSettingsSaySo() {
        try (Lab lab = Lab.up("--server", "kea")) {
            lab.script("mkdir -p /etc/dhcpcanon; printf '[defaults]\\nacd = self\\n' >/etc/dhcpcanon/dhcpcanon.conf");
            lab.run("neighbour", TAKEN).ok();
            lab.connect().ok();

            Packet decline = lab.awaitPacket("DECLINE", 0, Duration.ofSeconds(1));
            assertEquals("0a4d0032", decline.option(50));
            assertNotEquals(TAKEN + "/24", lab.address("eth0"));
            assertFalse(lab.log("nm.log").contains("conflict"));
            String capture = lab.run("capture").ok();
            assertTrue(capture.contains("0.0.0.0 > 10.77.0.51"), capture);
        }
    }
}
