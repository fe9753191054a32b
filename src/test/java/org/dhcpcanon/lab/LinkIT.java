package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A cable that is pulled and put back. */
@Execution(ExecutionMode.CONCURRENT)
class LinkIT {
    private static void flap(Lab lab) {
        lab.run("sexec", "ip", "link", "set", "port0", "down").ok();
        Eventually.holds(
                "the link is lost",
                Duration.ofSeconds(2),
                () -> lab.log("service.log").contains("-> offline"));
        lab.run("sexec", "ip", "link", "set", "port0", "up").ok();
    }

    private static String state(Lab lab) {
        return lab.service().text(lab.service().client("eth0").orElseThrow(), "State");
    }

    /** NetworkManager waits six seconds for a link to come back, and keeps the address as long. */
    @Test
    void aShortAbsenceCostsNothingAndShowsNothing() {
        try (Lab lab = Lab.up("--plain")) {
            lab.connect().ok();
            String address = lab.address("eth0");
            flap(lab);
            Packet discover = lab.awaitPacket("DISCOVER", 1, Duration.ofSeconds(10));
            assertEquals(Set.of(53, 55, 61), discover.codes());
            assertEquals("0.0.0.0", discover.field("ciaddr"));
            Eventually.holds(
                    "the lease is confirmed",
                    Duration.ofSeconds(10),
                    () -> lab.log("service.log").contains("requesting -> bound"));
            assertTrue(lab.log("service.log").contains("telling RENEW"));
            assertEquals(address, lab.address("eth0"));
            assertEquals("connected", lab.deviceState("eth0"));
            assertEquals("bound", state(lab));
            String errors = lab.inside("nstat", "-az", "IcmpOutDestUnreachs");
            assertTrue(errors.contains("IcmpOutDestUnreachs             0 "), errors);
        }
    }

    /** The server has given the address to somebody else meanwhile. */
    @Test
    void anotherLeaseReplacesTheOldOne() {
        try (Lab lab = Lab.up("--server", "kea", "--plain")) {
            lab.connect().ok();
            String address = lab.address("eth0");
            lab.run("server-stop").ok();
            lab.run("server-start", "--server", "kea", "--range", "200-210").ok();
            flap(lab);
            Eventually.holds(
                    "another lease is in use",
                    Duration.ofSeconds(20),
                    () -> !lab.address("eth0").isEmpty() && !lab.address("eth0").equals(address));
            assertTrue(lab.log("service.log").contains("telling EXPIRE"));
            assertEquals("connected", lab.deviceState("eth0"));
            Eventually.holds(
                    "it is bound", Duration.ofSeconds(5), () -> state(lab).equals("bound"));
        }
    }
}
