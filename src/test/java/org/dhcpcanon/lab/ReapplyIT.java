package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A connection whose IPv4 is ours: NetworkManager runs no client for it, and configures what we say. */
@Execution(ExecutionMode.CONCURRENT)
class ReapplyIT {
    private static final String CALL = "busctl call org.dhcpcanon1 /org/dhcpcanon1 org.dhcpcanon1.Manager ";

    private static void awaitBound(Lab lab) {
        awaitBound(lab, Duration.ofSeconds(15));
    }

    private static void awaitBound(Lab lab, Duration limit) {
        Eventually.holds(
                "an address by Reapply",
                limit,
                () -> !lab.address("eth0").isEmpty()
                        && lab.service().state("eth0").equals("bound"));
    }

    private static void adopt(Lab lab) {
        lab.script(CALL + "Adopt s eth0");
        lab.connect().ok();
        awaitBound(lab);
    }

    private static int discovers(Lab lab) {
        return lab.packets("eth0", "DISCOVER").size();
    }

    @Test
    void theLeaseIsInForceAndComesBackAfterWhateverDiscardsIt() {
        try (Lab lab = Lab.up()) {
            lab.inside("nmcli", "con", "modify", "eth0", "ipv4.dns", "192.0.2.53", "ipv4.dhcp-hostname", "canary-name");
            adopt(lab);
            String address = lab.address("eth0");
            assertShown(lab);
            assertEquals(List.of(), lab.shims());

            lab.inside("nmcli", "device", "reapply", "eth0");
            assertComesBack(lab, address);
            lab.inside("nmcli", "con", "modify", "eth0", "connection.zone", "public");
            lab.inside("nmcli", "device", "reapply", "eth0");
            assertComesBack(lab, address);
            lab.run("nm-stop").ok();
            lab.run("nm-start").ok();
            assertComesBack(lab, address);
            lab.run("nm-kill").ok();
            lab.run("nm-start").ok();
            assertComesBack(lab, address);
            lab.kill(lab.service().pid());
            lab.inside("nmcli", "device", "reapply", "eth0");
            lab.script(CALL.replace("call", "get-property") + "Version");
            assertComesBack(lab, address);
            assertEquals(1, discovers(lab), "the lease went on");

            assertEnds(lab);
        }
    }

    private static void assertShown(Lab lab) {
        String shown = lab.inside("nmcli", "-f", "IP4", "device", "show", "eth0");
        assertTrue(shown.contains(lab.address("eth0")), shown);
        assertTrue(shown.contains("IP4.GATEWAY:                            10.77.0.1"), shown);
        // Its own before those of the network.
        assertTrue(shown.contains("IP4.DNS[1]:                             192.0.2.53"), shown);
        assertTrue(shown.contains("IP4.DNS[2]:                             10.77.0.1"), shown);
        String routes = lab.script("ip route");
        assertTrue(routes.contains("default via 10.77.0.1 dev eth0"), routes);
        String client = lab.script("busctl introspect org.dhcpcanon1 /org/dhcpcanon1/Client/1");
        assertTrue(client.contains("\"reapply\""), client);
        assertTrue(client.contains("ipv4.dhcp-hostname of the connection"), client);
        assertFalse(lab.capture("eth0").contains("canary"), "a name has left");
        assertEquals("disabled", method(lab, "eth0"));
    }

    private static String method(Lab lab, String connection) {
        return lab.inside("nmcli", "-g", "ipv4.method", "con", "show", connection)
                .strip();
    }

    private static void assertComesBack(Lab lab, String address) {
        Eventually.holds(
                "the address again",
                Duration.ofSeconds(20),
                () -> lab.address("eth0").equals(address)
                        && lab.service().state("eth0").equals("bound")
                        && lab.script("ip route").contains("default via 10.77.0.1"));
    }

    private static void assertEnds(Lab lab) {
        lab.disconnect();
        Eventually.holds(
                "no client",
                Duration.ofSeconds(5),
                () -> lab.service().clients().isEmpty());
        assertEquals("", lab.address("eth0"));
        assertEquals("", lab.script("ls /run/dhcpcanon/adopted"));
        assertTrue(lab.packets("eth0", "RELEASE").isEmpty());
        lab.script(CALL + "Unadopt s eth0");
        assertEquals("auto", method(lab, "eth0"));
        assertEquals(
                "192.0.2.53",
                lab.inside("nmcli", "-g", "ipv4.dns", "con", "show", "eth0").strip());
        lab.connect().ok();
        assertEquals(1, lab.shims().size());
    }

    @Test
    void whatIsUpIsAdoptedAtOnceAndGivenBack() {
        try (Lab lab = Lab.up()) {
            lab.connect().ok();
            assertEquals(1, lab.shims().size());
            lab.script(CALL + "Adopt s 11111111-2222-3333-4444-000000000000");
            Eventually.holds("no shim", Duration.ofSeconds(5), () -> lab.shims().isEmpty());
            awaitBound(lab);
            lab.script(CALL + "Unadopt s eth0");
            Eventually.holds("a shim", Duration.ofSeconds(5), () -> lab.shims().size() == 1);
            lab.awaitState("connected", Duration.ofSeconds(10));
            Eventually.holds(
                    "its client",
                    Duration.ofSeconds(10),
                    () -> lab.service().clients().size() == 1);
            awaitBound(lab);
            Shell.Output refused = lab.attempt("bash", "-c", CALL + "Adopt s nothing");
            assertTrue(refused.text().contains("there is no connection"), refused.text());
        }
    }

    @Test
    void theAddressStaysAtRenewalAndGoesAtExpiry() {
        try (Lab lab = Lab.up("--server", "kea", "--lease", "20")) {
            adopt(lab);
            lab.begin("monitor", "ip monitor address");
            lab.awaitPacket("ACK", 1, Duration.ofSeconds(15));
            lab.run("server-stop").ok();
            Eventually.holds(
                    "no address",
                    Duration.ofSeconds(30),
                    () -> lab.address("eth0").isEmpty());
            assertEquals(
                    1,
                    lab.log("monitor.log")
                            .lines()
                            .filter(line -> line.contains("Deleted"))
                            .count(),
                    lab.log("monitor.log"));
            assertEquals("", lab.script("ip route"));
            assertEquals("selecting", lab.service().state("eth0"));
            lab.run("server-start").ok();
            Eventually.holds(
                    "an address again",
                    Duration.ofSeconds(40),
                    () -> !lab.address("eth0").isEmpty());
        }
    }

    /** NetworkManager would look too, and not say what it has found. */
    @Test
    void aTakenAddressIsDeclinedAndNeverInForce() {
        try (Lab lab = Lab.up("--server", "kea")) {
            lab.run("neighbour", "10.77.0.50").ok();
            lab.begin("monitor", "ip monitor address");
            lab.script(CALL + "Adopt s eth0");
            lab.connect().ok();
            Packet decline = lab.awaitPacket("DECLINE", 0, Duration.ofSeconds(15));
            assertEquals("0a4d0032", decline.option(50));
            awaitBound(lab, Duration.ofSeconds(20));
            assertEquals("10.77.0.51/24", lab.address("eth0"));
            assertFalse(lab.log("monitor.log").contains("10.77.0.50/24"), lab.log("monitor.log"));
        }
    }

    @Test
    void newWifiConnectionsAreAdoptedWhereTheSettingsSaySo() {
        try (Lab lab = Lab.up()) {
            String add = "nmcli con add type wifi ifname wlan9 ssid Hotspot autoconnect no con-name ";
            lab.script(
                    "set -e; mkdir -p /etc/dhcpcanon; printf '[defaults]\\nadopt-new = wifi\\n' >/etc/dhcpcanon/dhcpcanon.conf;"
                            + CALL.replace("call", "get-property") + "Version; " + add
                            + "new wifi-sec.key-mgmt wpa-psk wifi-sec.psk canary-secret; " + add
                            + "fixed ipv4.method manual ipv4.addresses 192.0.2.7/24;"
                            + " nmcli con add type ethernet ifname eth7 autoconnect no con-name wired");
            Eventually.holds(
                    "adopted", Duration.ofSeconds(5), () -> method(lab, "new").equals("disabled"));
            String kept = lab.script("cat /etc/NetworkManager/system-connections/new.nmconnection");
            assertTrue(kept.contains("psk=canary-secret"), kept);
            assertEquals("manual", method(lab, "fixed"));
            assertEquals("auto", method(lab, "wired"));
            assertEquals("auto", method(lab, "eth0"));
        }
    }
}
