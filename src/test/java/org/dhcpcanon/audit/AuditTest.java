package org.dhcpcanon.audit;

import static org.dhcpcanon.audit.Packets.ADDRESS;
import static org.dhcpcanon.audit.Packets.MAC;
import static org.dhcpcanon.audit.Packets.OTHER;
import static org.dhcpcanon.audit.Packets.address;
import static org.dhcpcanon.audit.Packets.option;
import static org.dhcpcanon.audit.Packets.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static Map<String, String> traits(Packets packets) {
        return packets.audit().clients().get(0).traits().stream()
                .collect(Collectors.toMap(Trait::name, Trait::value, (first, next) -> first + " | " + next));
    }

    @Test
    void whatIdentifiesAClientIsCollected() {
        byte[][] told = {text(12, "frodo"), text(60, "dhcpcd-9"), text(161, "https://x.example/y"), option(57, 5, 220)};
        Packets packets = new Packets().discover(told).offer().after(0.03).select();
        packets.arp(MacAddress.BROADCAST, Ipv4.ANY, ADDRESS).after(0.98).arp(MacAddress.BROADCAST, Ipv4.ANY, ADDRESS);
        assertEquals(
                Map.ofEntries(
                        Map.entry("host name", "\"frodo\""),
                        Map.entry("vendor class", "\"dhcpcd-9\""),
                        Map.entry("MUD URL", "\"https://x.example/y\""),
                        Map.entry("message size", "05:dc"),
                        Map.entry("client identifier", "hardware address"),
                        Map.entry("options of DISCOVER", "53,55,61,12,60,161,57"),
                        Map.entry("options of REQUEST", "53,50,61,55,54"),
                        Map.entry("asks for", "121,3,6,1"),
                        Map.entry("IPv4 header", "TTL 64, TOS 0, DF, ID 0"),
                        Map.entry("length", "301 octets, 0 behind END"),
                        Map.entry("OFFER to REQUEST", "50.00 ms"),
                        Map.entry("ARP probes", "for 00:00:00:00:00:00, after 1.00 s")),
                traits(packets));
    }

    @Test
    void timesAndOddHeadersAreCollected() {
        Packets packets =
                new Packets().flags(0x8000).discover().after(5).secs(5 << 8).discover();
        Map<String, String> traits = traits(packets);
        assertEquals("5.02 s", traits.get("DISCOVER again after"));
        assertEquals("in the wrong order of octets", traits.get("secs"));
        assertEquals("0x8000", traits.get("flags"));
    }

    /** A value for a terminal is shown as digits. */
    @Test
    void hostileTextIsNotPassedOn() {
        assertEquals(
                "1b:5b:33:31:6d",
                traits(new Packets().discover(text(12, "\033[31m"))).get("host name"));
        String longest =
                traits(new Packets().discover(text(12, "x".repeat(200)))).getOrDefault("host name", "");
        assertEquals(83, longest.length());
    }

    @Test
    void personalValuesOfTwoHardwareAddressesLinkThem() {
        byte[] machine = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        Packets packets = new Packets();
        for (MacAddress mac : List.of(MAC, OTHER)) {
            int last = (int) mac.bits() & 0xff;
            int[] duid = {255, 0, 0, 0, last, 0, 4, machine[0], machine[1], machine[2]};
            packets.as(mac).discover(text(12, "frodo"), text(60, "MSFT 5.0"), address(50, ADDRESS));
            packets.send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 1), option(61, duid));
        }
        List<Link> links = packets.audit().links();
        assertEquals(
                List.of("host name", "remembered address"),
                links.stream().map(Link::name).toList());
        assertEquals(List.of(MAC, OTHER), links.get(0).macs());
    }

    /** RFC 4361: what stands before the DUID is the interface's, and differs. */
    @Test
    void aDuidLinksWhateverTheInterfaceIs() {
        Packets packets = new Packets();
        for (MacAddress mac : List.of(MAC, OTHER)) {
            byte[] duid = option(61, 255, 0, 0, 0, (int) mac.bits() & 0xff, 0, 4, 7, 7, 7);
            packets.as(mac).send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 1), duid);
        }
        assertEquals(
                List.of(new Link("client identifier", "DUID 00:04:07:07:07", List.of(MAC, OTHER))),
                packets.audit().links());
    }

    @Test
    void malformedPacketsAreListedAndTheOthersJudged() {
        Packets packets = new Packets()
                .send(Ipv4.ANY, Ipv4.BROADCAST, new byte[] {12, (byte) 200})
                .discover();
        Frame whole = packets.frames.get(1);
        packets.frames.add(
                new Frame("memory", 3, 0, LinkType.ETHERNET, whole.bytes().slice(0, 200)));
        Audit audit = packets.audit();
        assertEquals(1, audit.clients().size());
        assertEquals(
                List.of("option 12 is longer than the message", "only 166 of 308 octets are there"),
                audit.malformed().stream().map(Audit.Malformed::reason).toList());
    }

    @Test
    void aClientThatLostItsLeaseHasNotStartedAnew() {
        Packets lost = new Packets()
                .lease(0x9a000001)
                .after(10)
                .xid(0x9b000001)
                .renew()
                .reply(6)
                .lease(0x9c000001);
        assertEquals(1, lost.audit().clients().get(0).sessions());
        Packets expired =
                new Packets().lease(0x9a000001).after(Packets.LEASE + 1).lease(0x9b000001);
        assertEquals(1, expired.audit().clients().get(0).sessions());
        Packets again = new Packets().lease(0x9a000001).after(10).lease(0x9b000001);
        assertEquals(2, again.audit().clients().get(0).sessions());
    }

    @Test
    void nothingIsFoundInNothing() {
        Audit audit = Audit.of(List.of());
        assertTrue(audit.clients().isEmpty()
                && audit.links().isEmpty()
                && audit.malformed().isEmpty());
    }
}
