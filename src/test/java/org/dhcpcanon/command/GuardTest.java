package org.dhcpcanon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
    private static Optional<Guard> guard(String said) {
        return Guard.of(Map.of("DHCPCANON_GUARD", said));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 0 | dropped of other DHCP clients: 3 packets by IPv4, 0 by IPv6 | on | 3 | 0",
                "0 999999999999999999 | dropped of other DHCP clients: 0 packets by IPv4, 999999999999999999 by IPv6 | on | 0 | 999999999999999999",
                "off | NOT in force, other DHCP clients can send: systemctl restart dhcpcanon-guard | off | null | null",
                "'' | NOT in force, other DHCP clients can send: systemctl restart dhcpcanon-guard | off | null | null",
                "1 2 3 | NOT in force, other DHCP clients can send: systemctl restart dhcpcanon-guard | off | null | null",
                "hidden | enabled; only root sees what it drops | hidden | null | null"
            })
    void isShownAsTheLauncherFoundIt(String said, String text, String state, String ipv4, String ipv6) {
        Guard guard = guard(said).orElseThrow();
        assertEquals("guard: " + text + "\n", guard.text());
        assertEquals(
                "{\"state\":\"" + state + "\",\"dropped_ipv4\":" + ipv4 + ",\"dropped_ipv6\":" + ipv6 + "}",
                guard.json());
    }

    @Test
    void isNotMentionedWhereNobodyHasEnabledIt() {
        assertEquals(Optional.empty(), Guard.of(Map.of()));
    }
}
