package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dhcpcanon.audit.Audit;
import org.dhcpcanon.audit.BadCaptureException;
import org.dhcpcanon.audit.CaptureReader;
import org.dhcpcanon.audit.Rule;
import org.dhcpcanon.audit.Verdict;
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
                assertOwnAddressOnly(lab, NAMES.get(n), mac(NAMES.get(n)));
            }
        }
    }

    /** Both routes of the kernel lead out of either interface; a renewal by the wrong one would show that both are one machine's. */
    @Test
    void renewalsOfTwoInterfacesInOneSubnetLeaveEachByItsOwnUnderItsOwnAddress() throws BadCaptureException {
        try (Lab lab = Lab.up("--interfaces", "2", "--server", "kea", "--lease", "30")) {
            lab.script("for n in 0 1; do nmcli --wait 45 con up eth$n & pids=\"$pids $!\"; done;"
                    + " for p in $pids; do wait $p || exit; done");
            List<String> two = NAMES.subList(0, 2);
            Eventually.holds(
                    "both renew",
                    Duration.ofSeconds(25),
                    () -> two.stream().allMatch(name -> renewals(lab, name) >= 1));
            for (String name : two) {
                assertOwnAddressOnly(lab, name, mac(name));
                assertKeeps(lab, name, List.of(Rule.V4_13, Rule.V4_16, Rule.V4_27, Rule.R_03, Rule.R_04, Rule.R_07));
            }
        }
    }

    /** Unicast, so that no other port than its own saw it. */
    private static long renewals(Lab lab, String name) {
        return lab.packets(name, "REQUEST").stream()
                .filter(p -> p.isUnicast() && p.field("mac_from").equals(mac(name)))
                .count();
    }

    private static void assertKeeps(Lab lab, String name, List<Rule> rules) throws BadCaptureException {
        byte[] file = lab.capture(name).getBytes(StandardCharsets.ISO_8859_1);
        Audit.Report report = Audit.of(CaptureReader.read(name, file).frames()).clients().stream()
                .filter(client -> client.mac().toString().equals(mac(name)))
                .findFirst()
                .orElseThrow();
        assertTrue(report.with(Verdict.PASS).containsAll(rules), report.rows()::toString);
        assertEquals(List.of(), report.with(Verdict.FAIL));
    }

    private static String mac(String name) {
        return "02:00:00:00:00:0" + (NAMES.indexOf(name) + 1);
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
        return lab.packets(name, "REQUEST").stream()
                .filter(p -> p.field("mac_from").equals(mac(name)))
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
