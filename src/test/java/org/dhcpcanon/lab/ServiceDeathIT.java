package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code kill -9} of the service: NetworkManager notices nothing. */
@Execution(ExecutionMode.CONCURRENT)
class ServiceDeathIT {
    @Test
    void killedWhileBoundItComesBackAndTheLeaseGoesOn() {
        try (Lab lab = Lab.up("--lease", "120", "--t1", "10", "--t2", "60")) {
            lab.connect().ok();
            Map<String, String> before = lab.networkManagerOptions();
            long old = lab.service().pid();
            lab.kill(old);

            assertEquals("connected", lab.deviceState("eth0"));
            assertEquals(before, lab.networkManagerOptions());
            Eventually.holds(
                    "bound again",
                    Duration.ofSeconds(9),
                    () -> lab.service().state("eth0").equals("bound"));
            assertNotEquals(old, lab.service().pid());
            lab.awaitPacket("ACK", 1, Duration.ofSeconds(20));
            assertEquals(1, lab.packets("eth0", "DISCOVER").size(), "the lease was resumed, not asked for anew");
            assertTrue(lab.packets("eth0", "REQUEST").get(1).isUnicast());
            assertEquals("connected", lab.deviceState("eth0"));
            assertEquals(before.get("ip_address"), lab.networkManagerOptions().get("ip_address"));
        }
    }

    @Test
    void killedWhileSelectingItComesBackAndGetsALease() {
        try (Lab lab = Lab.up("--server", "none")) {
            lab.begin("up", "nmcli --wait 60 con up eth0 && echo is up");
            lab.awaitPacket("DISCOVER", 0, Duration.ofSeconds(15));
            lab.kill(lab.service().pid());
            lab.awaitPacket("DISCOVER", 1, Duration.ofSeconds(15));
            lab.run("server-start", "--server", "dnsmasq").ok();

            Eventually.holds(
                    "connected", Duration.ofSeconds(30), () -> lab.log("up.log").contains("is up"));
            assertEquals("bound", lab.service().state("eth0"));
        }
    }

    @Test
    void killedWhileNetworkManagerHasNotAnsweredYetItStillConnects() {
        try (Lab lab = Lab.up()) {
            // NetworkManager answers only when its search for an address conflict has ended.
            lab.inside("nmcli", "con", "modify", "eth0", "ipv4.dad-timeout", "3000");
            lab.begin("up", "nmcli --wait 60 con up eth0 && echo is up");
            lab.awaitPacket("ACK", 0, Duration.ofSeconds(15));
            Eventually.holds(
                    "NetworkManager probes",
                    Duration.ofSeconds(3),
                    () -> !lab.packets("eth0", "ARP").isEmpty());
            lab.kill(lab.service().pid());

            Eventually.holds(
                    "connected", Duration.ofSeconds(40), () -> lab.log("up.log").contains("is up"));
            Eventually.holds(
                    "bound",
                    Duration.ofSeconds(10),
                    () -> lab.service().state("eth0").equals("bound"));
        }
    }
}
