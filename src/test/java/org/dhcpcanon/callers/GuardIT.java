package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of others that try to get past the guard, and ours, which it lets through. */
@Execution(ExecutionMode.CONCURRENT)
class GuardIT {
    private static final String GUARD = "/usr/lib/dhcpcanon/bin/dhcpcanon-guard ";
    private static final String DROPPED = "0 0";

    private static String counters(Host host) {
        return host.script(GUARD + "counters");
    }

    private static long captured(Host host, String filter) {
        host.script("sleep 0.3");
        return Long.parseLong(host.script("tcpdump -nr /lab/eth0.pcap '" + filter + "' 2>/dev/null | wc -l"));
    }

    @ParameterizedTest
    @CsvSource({
        "isc-dhcp-client, /sbin/dhclient, -1 -v -sf /bin/true -lf /tmp/l -pf /tmp/p -cf /lab/short.conf eth0",
        "dhcpcd-base, /usr/sbin/dhcpcd, -4 -B -1 -t 4 -c /bin/true -f /dev/null -d eth0",
        "busybox, /bin/busybox, udhcpc -f -n -q -t 2 -T 1 -s /bin/true -i eth0"
    })
    void anotherClientGetsNothingOut(String debian, String program, String arguments) {
        try (Host host = Host.alone()) {
            host.container.write("short.conf", "timeout 4;\n");
            String line = "timeout 20 " + Unpacked.packages(debian) + program + " " + arguments;
            host.script(GUARD + "up");
            host.tried(line);
            assertNotEquals(DROPPED, counters(host), "it did not try");
            assertEquals(0, captured(host, "udp port 67"));

            host.script(GUARD + "down");
            host.tried(line);
            assertTrue(captured(host, "udp dst port 67") > 0, "the guard was not what held it back");
        }
    }

    @Test
    void anotherClientOfDhcpv6GetsNothingOut() {
        try (Host host = Host.alone()) {
            String line = "timeout 6 " + Unpacked.packages("isc-dhcp-client")
                    + "/sbin/dhclient -6 -1 -v -sf /bin/true -lf /tmp/l -pf /tmp/p -cf /dev/null eth0";
            host.script(
                    "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=0; for try in $(seq 50); do"
                            + " ip -6 address show dev eth0 | grep -v tentative | grep -q fe80 && exit; sleep 0.1; done; exit 1");
            host.script(GUARD + "up");
            host.tried(line);
            assertEquals("0", counters(host).replaceAll(" .*", ""));
            assertNotEquals(DROPPED, counters(host), "it did not try");
            assertEquals(0, captured(host, "udp port 547"));

            host.script(GUARD + "down");
            host.tried(line);
            assertTrue(captured(host, "udp port 547") > 0, "the guard was not what held it back");
        }
    }

    @Test
    void oursGetsThroughAndAnotherStillDoesNotWhenOursIsKilled() {
        try (Host host = Host.withBus()) {
            host.container.write("short.conf", "timeout 4;\n");
            host.script(GUARD + "up");
            host.script("dhclient -1 -q -pf /lab/pid -lf /lab/leases eth0");
            assertTrue(host.address().startsWith("10.77.0."), host.address());
            long sent = captured(host, "udp dst port 67");
            host.script("/usr/lib/dhcpcanon/bin/dhcpcanon renew eth0");
            // A datagram and no frame: the address is in use.
            host.container.awaitPackets("ACK", 2);
            assertTrue(captured(host, "udp dst port 67") > sent);
            assertEquals(DROPPED, counters(host));

            host.script("kill -KILL $(cat /lab/pid) $(busctl call org.freedesktop.DBus /org/freedesktop/DBus"
                    + " org.freedesktop.DBus GetConnectionUnixProcessID s org.dhcpcanon1 | cut -d ' ' -f 2);"
                    + " ip address flush dev eth0");
            long before = captured(host, "udp dst port 67");
            host.tried("timeout 20 " + Unpacked.packages("isc-dhcp-client")
                    + "/sbin/dhclient -1 -sf /bin/true -lf /tmp/l -pf /tmp/p -cf /lab/short.conf eth0");
            assertNotEquals(DROPPED, counters(host));
            assertEquals(before, captured(host, "udp dst port 67"));
        }
    }

    @Test
    void interfacesThatComeAreGuardedAndAllOfItGoes() {
        try (Host host = Host.alone()) {
            host.script(GUARD + "add");
            assertEquals(1, host.tried(GUARD + "counters").status(), "what is not up is not begun");
            host.script(GUARD + "up");
            assertEquals("", host.script(GUARD + "missing"));
            host.script("ip link add late type veth peer name far; ip link set late name later");
            assertEquals(2, host.script(GUARD + "missing").lines().count());
            host.script(GUARD + "add & " + GUARD + "add & wait");
            assertEquals("", host.script(GUARD + "missing"));
            host.script("ip link set later name last; ip link del far; ip link add last type veth peer name far");
            host.script(GUARD + "add");
            assertEquals("", host.script(GUARD + "missing"));
            assertEquals("3", host.script("nft list ruleset | grep -c jump"), "one for each interface");
            host.script(GUARD + "down; " + GUARD + "down");
            assertEquals("", host.script("nft list ruleset"));
        }
    }
}
