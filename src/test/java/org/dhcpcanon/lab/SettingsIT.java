package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is written in dhcpcanon.conf is what is on the wire, and a mistake takes nothing away. */
@Execution(ExecutionMode.CONCURRENT)
class SettingsIT {
    private static final String FILE = "/etc/dhcpcanon/dhcpcanon.conf";
    private static final String UUID = "11111111-2222-3333-4444-000000000000";

    @Test
    void aProfileIsChosenByConnectionAndReadAnewOnHangUp() {
        try (Lab lab = Lab.up("--txoff", "--plain")) {
            write(lab, "[match uuid:" + UUID + "]\\nprofile = android\\n");
            lab.connect().ok();
            Packet discover = lab.packets("eth0", "DISCOVER").get(0);
            assertEquals(List.of(53, 61, 57, 60, 55), List.copyOf(discover.codes()));
            assertEquals("16", discover.field("tos"));
            assertEquals("android", profile(lab));
            lab.disconnect();

            write(lab, "[defaults]\\nprofile = nonsense\\n");
            hangUp(lab, FILE + " line 2: profile: expected strict");
            assertEquals(
                    List.of(53, 61, 57, 60, 55),
                    List.copyOf(connectedAgain(lab, 1).codes()));
            lab.disconnect();

            write(lab, "[defaults]\\nprofile = windows\\n");
            hangUp(lab, "the settings are read anew");
            Packet windows = connectedAgain(lab, 2);
            assertEquals(List.of(53, 61, 12, 60, 55), List.copyOf(windows.codes()));
            assertEquals("128", windows.field("ttl"));
            assertEquals("windows", profile(lab));
        }
    }

    @Test
    void oneDefaultRouteAndNoOtherIsWhatNetworkManagerGetsIfTheUserWantsIt() {
        try (Lab lab = Lab.up()) {
            write(lab, "[defaults]\\nroutes = default-only\\n");
            lab.connect().ok();
            String routes = lab.inside("ip", "-4", "route", "show", "dev", "eth0", "proto", "dhcp");
            assertEquals(1, routes.lines().count(), routes);
            assertTrue(routes.startsWith("default via "), routes);
        }
    }

    /** RFC 2131 §4.3.2: a REQUEST with the address and without a server identifier, and its ACK. */
    @Test
    void theLastLeaseIsAskedForAgainByTheConnectionForWhichTheUserWantsIt() {
        try (Lab lab = Lab.up()) {
            write(lab, "[match uuid:" + UUID + "]\\nreboot = same-network\\n");
            lab.connect().ok();
            String address = lab.address("eth0");
            lab.disconnect();
            assertEquals(
                    "600",
                    lab.inside("stat", "-c", "%a", "/run/dhcpcanon/former/" + UUID)
                            .strip());
            lab.connect().ok();
            Packet request = lab.awaitPacket("REQUEST", 1, Duration.ofSeconds(2));
            assertEquals(Set.of(50, 53, 55, 61), request.codes());
            assertEquals("0.0.0.0", request.field("ciaddr"));
            assertEquals(1, lab.packets("eth0", "DISCOVER").size());
            assertEquals(address, lab.address("eth0"));
            assertTrue(lab.log("service.log").contains("telling REBOOT"));
        }
    }

    /** NetworkManager ends its client first, and only then takes the address away and the MAC address back. */
    @Test
    void theLeaseOfARandomAddressIsGivenBackAtTheEndIfTheUserWantsIt() {
        try (Lab lab = Lab.up()) {
            write(lab, "[defaults]\\nrelease = mac-change\\n");
            lab.connect().ok();
            lab.disconnect();
            Packet release = lab.awaitPacket("RELEASE", 0, Duration.ofSeconds(5));
            assertEquals(Set.of(53, 54, 61), release.codes());
            assertTrue(release.isUnicast());
        }
    }

    private static Packet connectedAgain(Lab lab, int skip) {
        lab.connect().ok();
        return lab.awaitPacket("DISCOVER", skip, Duration.ofSeconds(2));
    }

    private static String profile(Lab lab) {
        return lab.service().text(lab.service().client("eth0").orElseThrow(), "Profile");
    }

    private static void write(Lab lab, String text) {
        lab.script("printf '" + text + "' >" + FILE);
    }

    private static void hangUp(Lab lab, String words) {
        Shell.run(List.of("kill", "-HUP", Long.toString(lab.service().pid()))).ok();
        Eventually.holds(
                "the log says: " + words,
                Duration.ofSeconds(3),
                () -> lab.log("service.log").contains(words));
    }
}
