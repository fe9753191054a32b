package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.runtime.LeaseEntries.RouteChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseEntryTest {
    private static Octets ascii(String text) {
        return Octets.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aLeaseIsWrittenAsDhclientWritesIt() {
        Map<Integer, Octets> more = new LinkedHashMap<>();
        more.put(15, ascii("lab.example"));
        more.put(33, Octets.fromColonHex("0a:01:00:01:c0:00:02:01:0a:02:00:01:c0:00:02:02"));
        more.put(42, Octets.fromColonHex("c0:00:02:02:c0:00:02:03"));
        more.put(119, Octets.fromColonHex("01:61:00:01:62:01:63:00").slice(3, 8));
        more.put(245, Octets.fromColonHex("a8:0a:81:10"));
        assertEquals("""
                lease {
                  interface "eth0";
                  fixed-address 192.0.2.77;
                  option dhcp-message-type 5;
                  option dhcp-server-identifier 192.0.2.1;
                  option dhcp-lease-time 3600;
                  option subnet-mask 255.255.255.0;
                  option routers 192.0.2.1;
                  option domain-name-servers 192.0.2.1;
                  option domain-name "lab.example";
                  option static-routes 10.1.0.1 192.0.2.1,10.2.0.1 192.0.2.2;
                  option ntp-servers 192.0.2.2,192.0.2.3;
                  option domain-search "b.c.";
                  option unknown-245 a8:a:81:10;
                  renew 3 2026/11/25 15:01:36;
                  rebind 3 2026/11/25 15:02:36;
                  expire 3 2026/11/25 15:03:06;
                }
                """, LeaseEntries.of(more, 3600, RouteChoice.AS_SENT).text());
    }

    @Test
    void aLeaseForEverEndsNever() {
        String text =
                LeaseEntries.of(Map.of(), 0xffff_ffffL, RouteChoice.AS_SENT).text();
        assertTrue(text.endsWith("  expire never;\n}\n"), text);
    }

    /** As dhclient 4.4.3 does with {@code db-time-format local}. */
    @Test
    void timesAreSecondsWhereThatIsWanted() {
        LeaseEntry plain = LeaseEntries.of(Map.of(), 0xffff_ffffL, RouteChoice.AS_SENT);
        LeaseEntry entry = new LeaseEntry(
                plain.interfaceName(), plain.lease(), plain.options(), LeaseEntries.RENEW, 0, Long.MAX_VALUE, true);
        String day = "(Tue Nov 24|Wed Nov 25|Thu Nov 26) [0-9:]{8} 2026";
        String text = entry.text();
        assertTrue(text.matches("(?s).*\n  renew epoch 1795618896; # " + day + "\n  rebind epoch 0; # .*"), text);
        assertTrue(text.endsWith("\n  expire never;\n}\n"), text);
    }

    @Test
    void whatIsNotPassedOnIsNotWrittenAndWhatIsChangedIsWrittenSo() {
        Map<Integer, Octets> more = Map.of(252, ascii("http://proxy.example/"));
        String text = LeaseEntries.of(more, 3600, RouteChoice.ANOTHER_ROUTER).text();
        assertTrue(text.contains("  option routers 192.0.2.8,192.0.2.9;\n"), text);
        assertFalse(text.contains("host-name") || text.contains("wpad"), text);
    }

    /** Readers split at semicolons and at a brace before a line feed, whatever stands around them. */
    @ParameterizedTest
    @CsvSource({
        "66, a;  routers 6.6.6.6, 'tftp-server-name \"a\\073  routers 6.6.6.6\"'",
        "66, '}\n', 'tftp-server-name \"}\\012\"'",
        "66, 'a\"b', 'tftp-server-name \"a\\\"b\"'",
        "224, 'x;y', 'unknown-224 \"x\\073y\"'"
    })
    void aHostileValueIsOneStatement(int code, String value, String statement) {
        String text = LeaseEntries.of(Map.of(code, ascii(value.replace("\\n", "\n"))), 3600, RouteChoice.AS_SENT)
                .text();
        assertTrue(text.contains("  option " + statement + ";\n"), text);
        assertEquals(LeaseEntries.simple().text().split(";", -1).length + 1, text.split(";", -1).length, text);
        assertEquals(text.length() - 2, text.indexOf("}\n"), text);
    }
}
