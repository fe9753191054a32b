package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that was given another range says NAK to the renewal. */
@Execution(ExecutionMode.CONCURRENT)
class NakIT {
    @ParameterizedTest
    @ValueSource(strings = {"dnsmasq", "kea", "dhcpd"})
    void aNakEndsTheLeaseAndBringsANewOneWithoutLeftovers(String server) {
        try (Lab lab = Lab.up("--server", server, "--lease", "120", "--t1", "4", "--t2", "6", "--range", "50-90")) {
            RenewalIT.watchEvents(lab);
            lab.connect().ok();
            String old = lab.address("eth0").replace("/24", "");
            lab.run("server-stop").ok();
            lab.run("server-start", "--range", "150-250").ok();

            Packet nak = lab.awaitPacket("NAK", 0, Duration.ofSeconds(20));
            Packet discover = lab.awaitPacket("DISCOVER", 1, Duration.ofSeconds(15));
            assertTrue(discover.time() > nak.time());
            Eventually.holds(
                    "a new address, and only that",
                    Duration.ofSeconds(15),
                    () -> lab.address("eth0").matches("10\\.77\\.0\\.(1[5-9]|2)\\d+/24"));
            Eventually.holds(
                    "no route of the old lease",
                    Duration.ofSeconds(3),
                    () -> !lab.inside("ip", "route").contains(old));
            assertTrue(lab.log("events.log").contains("string \"EXPIRE\""));
            assertEquals("bound", lab.service().state("eth0"));
            assertFalse(lab.networkManagerOptions().containsValue(old));
        }
    }
}
