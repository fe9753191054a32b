package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** More than one client in one service. */
@Execution(ExecutionMode.CONCURRENT)
class SeveralInterfacesIT {
    private static final List<String> NAMES = List.of("eth0", "eth1", "eth2");

    @Test
    void threeInterfacesAtOnceGetThreeLeasesAndEachSpeaksUnderItsOwnAddress() {
        try (Lab lab = Lab.up("--interfaces", "3", "--lease", "120", "--t1", "5", "--t2", "60")) {
            lab.script("for n in 0 1 2; do nmcli --wait 45 con up eth$n & pids=\"$pids $!\"; done;"
                    + " for p in $pids; do wait $p || exit; done");

            Set<String> addresses = NAMES.stream().map(lab::address).collect(Collectors.toSet());
            assertEquals(3, addresses.size(), addresses.toString());
            assertEquals(3, lab.service().clients().size());
            assertEquals(1, lab.service().pids().size());
            Eventually.holds(
                    "all three renew",
                    Duration.ofSeconds(15),
                    () -> NAMES.stream().allMatch(name -> requests(lab, name) >= 2));
            for (int n = 0; n < NAMES.size(); n++) {
                assertOwnAddressOnly(lab, NAMES.get(n), "02:00:00:00:00:0" + (n + 1));
            }
        }
    }

    @Test
    void aRequestForDhcpv6IsRefusedInWordsAndIpv4GoesOn() {
        try (Lab lab = Lab.up()) {
            lab.connect().ok();
            String address = lab.address("eth0");
            Shell.Output refused = lab.attempt("/sbin/dhclient", "-6", "-d", "-q", "-sf", "/bin/true", "eth0");

            assertNotEquals(0, refused.status());
            assertTrue(refused.text().matches("(?is).*(dhcpv6|ipv6|-6).*"), refused.text());
            assertEquals(address, lab.address("eth0"));
            assertEquals("bound", lab.service().state("eth0"));
            assertEquals("connected", lab.deviceState("eth0"));
            assertEquals(1, lab.shims().size());
        }
    }

    // Only the first octets of REQUESTs that came in by this port: broadcasts of the others go out of it too.
    private static long requests(Lab lab, String name) {
        String mac = "02:00:00:00:00:0" + (NAMES.indexOf(name) + 1);
        return lab.packets(name, "REQUEST").stream()
                .filter(p -> p.field("mac_from").equals(mac))
                .count();
    }

    private static void assertOwnAddressOnly(Lab lab, String name, String mac) {
        List<Packet> wrong = lab.packets(name).stream()
                .filter(p -> !p.is("ARP") && p.field("port_from").equals("68"))
                .filter(p ->
                        p.field("chaddr").equals(mac) != p.field("mac_from").equals(mac))
                .toList();
        assertEquals(List.of(), wrong);
    }
}
