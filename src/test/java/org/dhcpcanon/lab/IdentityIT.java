package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The MAC address changes under a client that has a lease: the old and the new one must not be seen together. */
@Execution(ExecutionMode.CONCURRENT)
class IdentityIT {
    private static final String NEW = "02:00:00:00:00:99";

    @Test
    void noPacketPairsANewAddressWithTheOldIdentityAndTheClientStartsAnew() {
        try (Lab lab = Lab.up("--lease", "120", "--t1", "8", "--t2", "60")) {
            lab.connect().ok();
            String old = lab.packets("eth0", "DISCOVER").get(0).field("mac_from");
            lab.inside("ip", "link", "set", "eth0", "address", NEW);

            double changed = System.currentTimeMillis() / 1e3;
            Packet anew = lab.awaitPacket("DISCOVER", 1, Duration.ofSeconds(20));
            assertTrue(anew.time() - changed < 1, "not only at T1, 8 s after the lease began");
            assertEquals(NEW, anew.field("mac_from"));
            for (Packet packet : ours(lab, old)) {
                String source = packet.field("mac_from");
                assertEquals("01" + source.replace(":", ""), packet.option(61));
                assertFalse(!source.equals(old) && packet.isUnicast(), "a renewal under the new address");
            }
        }
    }

    private static List<Packet> ours(Lab lab, String old) {
        return lab.packets("eth0").stream()
                .filter(packet -> packet.is("DISCOVER") || packet.is("REQUEST"))
                .filter(packet -> List.of(old, NEW).contains(packet.field("mac_from")))
                .toList();
    }
}
