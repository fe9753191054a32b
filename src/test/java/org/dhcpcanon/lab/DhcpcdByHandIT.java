package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The shim with dhcpcd's name, as people and scripts call that one, on an interface that NetworkManager leaves alone. */
@Execution(ExecutionMode.CONCURRENT)
class DhcpcdByHandIT {
    /** What it says on its standard output, and then its exit status. */
    private static List<String> dhcpcd(Lab lab, String arguments) {
        return lab.inside("bash", "-c", "/usr/lib/dhcpcanon/bin/dhcpcd " + arguments + " 2>/dev/null; echo $?")
                .lines()
                .toList();
    }

    @Test
    void aLeaseIsConfiguredShownRenewedAndGivenBack() {
        try (Lab lab = Lab.up("--lease", "600")) {
            lab.inside("nmcli", "device", "set", "eth0", "managed", "no");
            assertEquals(List.of("1"), dhcpcd(lab, "--dumplease eth0"), "there is no lease to show");

            assertEquals(List.of("0"), dhcpcd(lab, "-4 -h my-name eth0"));
            String address = lab.address("eth0");
            assertTrue(address.startsWith("10.77.0."), address);
            assertEquals("bound", lab.service().state("eth0"));
            assertEquals(
                    "dhcpcd", lab.service().text(lab.service().client("eth0").orElseThrow(), "Route"));
            assertTrue(lab.packets("eth0", "DISCOVER").stream()
                    .noneMatch(packet -> packet.toString().contains("my-name")));

            List<String> shown = dhcpcd(lab, "-4 --dumplease eth0");
            assertTrue(
                    shown.containsAll(List.of(
                            "reason=BOUND",
                            "interface=eth0",
                            "ip_address=" + address.replaceAll("[ /].*", ""),
                            "subnet_cidr=24",
                            "dhcp_lease_time=600")),
                    shown.toString());

            int before = lab.packets("eth0", "REQUEST").size();
            assertEquals(List.of("0"), dhcpcd(lab, "-n eth0"));
            Eventually.holds(
                    "a renewal",
                    Duration.ofSeconds(10),
                    () -> lab.packets("eth0", "REQUEST").size() > before);

            assertEquals(List.of("0"), dhcpcd(lab, "-k eth0"));
            Eventually.holds(
                    "gone",
                    Duration.ofSeconds(5),
                    () -> lab.service().state("eth0").isEmpty());
            assertEquals("", lab.address("eth0"));
            assertEquals(1, lab.packets("eth0", "RELEASE").size());
            assertEquals("", lab.inside("bash", "-c", "ls /run/dhcpcd"), "the pid file is left");
            assertEquals(List.of("1"), dhcpcd(lab, "-n eth0"), "there is nothing to renew");

            assertEquals(List.of("0"), dhcpcd(lab, "-1 -B eth0"));
            assertTrue(lab.validSeconds() > 0, "its address stays for its lifetime");
            Eventually.holds(
                    "no client",
                    Duration.ofSeconds(5),
                    () -> lab.service().state("eth0").isEmpty());
        }
    }
}
