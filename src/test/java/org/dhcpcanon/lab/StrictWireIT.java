package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact form of the profile {@code strict} on the wire (RFC 7844 §3). */
@Execution(ExecutionMode.CONCURRENT)
class StrictWireIT {
    private static final String MAC = "02:00:00:00:00:01";
    private static final String HOST_NAME = "canary-host";

    @ParameterizedTest
    @ValueSource(strings = {"dnsmasq", "kea", "dhcpd"})
    void oneDiscoverAndOneRequestInTheExactFormOfStrict(String server) {
        try (Lab lab = Lab.up("--server", server, "--txoff")) {
            lab.connect().ok();

            List<Packet> ours = sent(lab);
            assertEquals(
                    List.of("DISCOVER", "REQUEST"),
                    ours.stream().map(Packet::kind).toList());
            ours.forEach(StrictWireIT::assertForm);
            assertEquals(Set.of(53, 55, 61), ours.get(0).codes());
            assertEquals(Set.of(53, 50, 54, 55, 61), ours.get(1).codes());
            assertEquals(ours.get(0).option(55), ours.get(1).option(55));
            assertEquals(ours.get(0).field("xid"), ours.get(1).field("xid"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "dnsmasq")
    void theHostNameThatNetworkManagerHandsOverIsSuppressedAndReported(String server) {
        try (Lab lab = Lab.up("--server", server)) {
            lab.connect().ok();

            assertTrue(lab.inside("cat", "/var/lib/NetworkManager/dhclient-eth0.conf")
                    .contains("send host-name \"" + HOST_NAME + "\""));
            assertFalse(lab.capture("eth0").contains(HOST_NAME), "the host name is in a packet");
            assertTrue(lab.log("service.log").contains("host-name"), lab.log("service.log"));
            String client = lab.service().client("eth0").orElseThrow();
            assertTrue(lab.service().property(client, "Suppressed").contains("host-name"));
        }
    }

    private static List<Packet> sent(Lab lab) {
        return lab.packets("eth0").stream()
                .filter(p -> p.field("mac_from").equals(MAC) && !p.is("ARP"))
                .toList();
    }

    private static void assertForm(Packet packet) {
        assertEquals(53, packet.codes().iterator().next(), "option 53 is first");
        assertEquals("01" + MAC.replace(":", ""), packet.option(61));
        List<Integer> requested = requested(packet);
        List<Integer> sorted = new ArrayList<>(requested);
        Collections.sort(sorted);
        assertEquals(List.of(1, 3, 6, 121), sorted);
        assertTrue(requested.indexOf(121) < requested.indexOf(3), "121 before 3");
        assertHeaders(packet);
    }

    private static void assertHeaders(Packet packet) {
        assertFalse(packet.isUnicast());
        assertEquals("0.0.0.0>255.255.255.255", packet.field("ip_from") + ">" + packet.field("ip_to"));
        assertEquals("68>67", packet.field("port_from") + ">" + packet.field("port_to"));
        assertEquals(
                List.of("0", "64", "0", "1", "ok", "ok"),
                List.of("tos", "ttl", "id", "df", "ip_sum", "udp_sum").stream()
                        .map(packet::field)
                        .toList());
        assertEquals("0000", packet.field("flags"));
        assertEquals("0", packet.field("secs"));
        assertEquals(MAC, packet.field("chaddr"));
        assertEquals("0.0.0.0", packet.field("ciaddr"));
        assertEquals("300", packet.field("length"));
        assertEquals("ok", packet.field("end"));
        assertTrue(Integer.parseInt(packet.field("pad")) > 0, "padded with zeros");
    }

    private static List<Integer> requested(Packet packet) {
        List<Integer> codes = new ArrayList<>();
        for (byte code : HexFormat.of().parseHex(packet.option(55))) {
            codes.add(Byte.toUnsignedInt(code));
        }
        return codes;
    }
}
