package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a short lease: RFC 2131 §4.4.5. */
@Execution(ExecutionMode.CONCURRENT)
class RenewalIT {
    private static final int LEASE = 20;
    private static final double T1 = 10;
    private static final double T2 = 17.5;
    private static final double TOLERANCE = 1.5;

    @ParameterizedTest
    @ValueSource(strings = {"kea", "dhcpd"})
    void aShortLeaseIsRenewedThenReboundThenLostThenGotAgain(String server) {
        try (Lab lab = Lab.up("--server", server, "--lease", Integer.toString(LEASE))) {
            watchEvents(lab);
            lab.connect().ok();
            String address = lab.address("eth0");

            Packet renewed = assertRenewsByUnicast(lab, address);
            Packet rebound = assertRebindsByBroadcast(lab, renewed);
            assertTrue(rebound.time() > renewed.time());
            lab.run("unblock").ok();
            assertExpires(lab);
            assertComesBack(lab);
            assertEquals("", lab.log("helper.log"), "nm-dhcp-helper was executed");
        }
    }

    @Test
    void dnsmasqsShortestLeaseIsRenewedAndRebound() {
        try (Lab lab = Lab.up("--lease", "120", "--t1", "4", "--t2", "8")) {
            lab.connect().ok();

            Packet renewal = lab.awaitPacket("REQUEST", 1, Duration.ofSeconds(10));
            assertTrue(renewal.isUnicast());
            lab.awaitPacket("ACK", 1, Duration.ofSeconds(2));
            lab.run("block").ok();
            Eventually.holds(
                    "a REQUEST by broadcast",
                    Duration.ofSeconds(15),
                    () -> lab.packets("eth0", "REQUEST").stream().skip(1).anyMatch(p -> !p.isUnicast()));
            lab.awaitPacket("ACK", 2, Duration.ofSeconds(2));
            assertEquals("bound", lab.service().state("eth0"));
        }
    }

    private static Packet assertRenewsByUnicast(Lab lab, String address) {
        Packet first = lab.awaitPacket("ACK", 0, Duration.ofSeconds(1));
        Packet request = lab.awaitPacket("REQUEST", 1, Duration.ofSeconds(15));
        assertTrue(request.isUnicast());
        assertEquals("10.77.0.1", request.field("ip_to"));
        assertEquals(address, request.field("ciaddr") + "/24");
        assertFalse(request.codes().contains(50) || request.codes().contains(54), "RFC 2131 table 5");
        assertEquals(T1, request.time() - first.time(), TOLERANCE);
        assertExtended(lab, "RENEW");
        return lab.awaitPacket("ACK", 1, Duration.ofSeconds(2));
    }

    private static Packet assertRebindsByBroadcast(Lab lab, Packet renewed) {
        lab.run("block").ok();
        Packet request = Eventually.has(
                "a REQUEST by broadcast",
                Duration.ofSeconds(25),
                () -> lab.packets("eth0", "REQUEST").stream()
                        .filter(p -> p.time() > renewed.time() && !p.isUnicast())
                        .findFirst());
        assertEquals(T2, request.time() - renewed.time(), TOLERANCE);
        assertFalse(request.codes().contains(50) || request.codes().contains(54), "RFC 2131 table 5");
        assertExtended(lab, "RE(NEW|BIND)");
        return request;
    }

    private static void assertExtended(Lab lab, String reason) {
        Eventually.holds("valid_lft grows", Duration.ofSeconds(3), () -> lab.validSeconds() > LEASE - T1);
        Eventually.holds(
                "NetworkManager is told " + reason,
                Duration.ofSeconds(2),
                () -> java.util.regex.Pattern.compile("string \"" + reason + "\"")
                        .matcher(lab.log("events.log"))
                        .find());
    }

    private static void assertExpires(Lab lab) {
        lab.run("server-stop").ok();
        Eventually.holds(
                "EXPIRE",
                Duration.ofSeconds(LEASE + 5),
                () -> lab.log("events.log").contains("string \"EXPIRE\""));
        Eventually.holds(
                "the address goes",
                Duration.ofSeconds(3),
                () -> lab.address("eth0").isEmpty());
    }

    private static void assertComesBack(Lab lab) {
        lab.run("server-start").ok();
        Eventually.holds(
                "an address without anyone's help",
                Duration.ofSeconds(40),
                () -> !lab.address("eth0").isEmpty());
        lab.awaitState("connected", Duration.ofSeconds(3));
    }

    // Every event that goes to NetworkManager is also a signal of the client.
    static void watchEvents(Lab lab) {
        lab.begin("events", "exec stdbuf -oL dbus-monitor --system type=signal,interface=org.dhcpcanon1.Client");
        Eventually.holds(
                "dbus-monitor listens",
                Duration.ofSeconds(3),
                () -> lab.log("events.log").contains("NameAcquired")
                        || !lab.pids("dbus-monitor").isEmpty());
    }
}
