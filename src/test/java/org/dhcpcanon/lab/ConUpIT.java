package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code nmcli con up} brings, from each of the servers. */
@Execution(ExecutionMode.CONCURRENT)
class ConUpIT {
    private static final String MORE = "15,26,42,119";

    @ParameterizedTest
    @ValueSource(strings = {"dnsmasq", "kea", "dhcpd"})
    void theInterfaceGetsWhatTheServerGrantsAndNothingThatWasNotRequested(String server) {
        try (Lab lab = Lab.up("--server", server)) {
            lab.connect().ok();

            assertTrue(lab.address("eth0").matches("10\\.77\\.0\\.\\d+/24"), lab.address("eth0"));
            assertEquals("10.77.0.1", nmcli(lab, "IP4.GATEWAY"));
            assertEquals("10.77.0.1 | 10.77.0.6", nmcli(lab, "IP4.DNS"));
            assertEquals("", nmcli(lab, "IP4.DOMAIN"));
            assertEquals("1500", mtu(lab));
            assertTrue(lab.inside("ip", "route").contains("10.88.0.0/16 via 10.77.0.9 dev eth0"));
            assertSameOptions(lab);
            assertEquals(
                    Set.of(),
                    intersection(
                            lab.networkManagerOptions(),
                            Set.of(
                                    "domain_name",
                                    "domain_search",
                                    "ntp_servers",
                                    "interface_mtu",
                                    "host_name",
                                    "wpad",
                                    "routers")));
            assertEquals("", lab.log("helper.log"), "nm-dhcp-helper was executed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnsmasq", "kea", "dhcpd"})
    void optionsThatTheUserAsksForAreAppliedWithTheNamesAndValuesOfDhclient(String server) {
        try (Lab lab = Lab.up("--server", server, "--request", MORE);
                Lab other = Lab.up("--server", server, "--client", "dhclient")) {
            lab.connect().ok();
            other.connect().ok();

            assertEquals("lab.example", nmcli(lab, "IP4.DOMAIN"));
            assertEquals("lab.example | corp.example", nmcli(lab, "IP4.SEARCHES"));
            assertEquals("1400", mtu(lab));
            assertSameOptions(lab);
            assertEquals(lasting(other.networkManagerOptions(), lab), lasting(lab.networkManagerOptions(), lab));
        }
    }

    private static void assertSameOptions(Lab lab) {
        Map<String, String> ours = lab.service().options();
        Map<String, String> theirs = lab.networkManagerOptions();
        // These NetworkManager adds by itself.
        theirs.keySet()
                .removeIf(name -> !ours.containsKey(name)
                        && (name.equals("dhcp_client_identifier") || name.startsWith("private_")));
        assertEquals(ours, theirs);
        assertFalse(ours.isEmpty());
    }

    /**
     * Without what differs for good reasons: the time, what dhclient alone requested, the wait that only dhclient has,
     * the client identifier that only we send, and the routers, which RFC 3442 says to ignore.
     */
    private static Map<String, String> lasting(Map<String, String> options, Lab lab) {
        Map<String, String> rest = new TreeMap<>(options);
        Set<String> ours = lab.networkManagerOptions().keySet();
        rest.keySet()
                .removeIf(name -> name.equals("expiry")
                        || (name.startsWith("requested_") && !ours.contains(name))
                        || Set.of("dad_wait_time", "routers", "host_name", "dhcp_client_identifier")
                                .contains(name));
        return rest;
    }

    private static String nmcli(Lab lab, String field) {
        return lab.inside("nmcli", "-g", field, "device", "show", "eth0").strip();
    }

    private static String mtu(Lab lab) {
        return lab.inside("cat", "/sys/class/net/eth0/mtu").strip();
    }

    private static Set<String> intersection(Map<String, String> options, Set<String> names) {
        Set<String> common = new TreeSet<>(options.keySet());
        common.retainAll(names);
        return common;
    }
}
