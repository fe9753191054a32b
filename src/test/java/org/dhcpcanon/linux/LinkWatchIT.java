package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.runtime.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a link hears of its interface from the kernel, without sending anything. */
@Timeout(60)
final class LinkWatchIT {
    private static final int XID = 0xcafe0077;
    private static final String OTHER_MAC = "02:00:00:00:77:99";

    private Lab lab;

    @BeforeEach
    void build() throws Exception {
        lab = new Lab();
    }

    @AfterEach
    void tearDown() throws Exception {
        lab.close();
    }

    private Outgoing discover() {
        Message discover = Replies.message(Message.BOOTREQUEST, MessageType.DISCOVER, XID, lab.mac());
        return new Outgoing(discover, 300, Replies.HEADER, new Destination.Broadcast(Ipv4.ANY));
    }

    private long identitiesLost() {
        return lab.heard.stream().filter(Lab.IDENTITY_CHANGED::equals).count();
    }

    @Test
    void changedAddressIsToldOnceAtOnceAndNothingIsSentOrHeardAfterIt() throws Exception {
        lab.listen(Listening.RAW_AND_UDP, XID);
        lab.client.ip("link", "set", "eth0", "address", OTHER_MAC);
        lab.turnFor(50);
        assertEquals(List.of(Lab.IDENTITY_CHANGED), lab.heard);
        lab.client.ip("link", "set", "eth0", "address", "02:00:00:00:77:02");
        try (Tap tap = Tap.on(lab.server, "srv0")) {
            lab.send(discover());
            lab.listen(Listening.RAW, XID);
            tap.inject(Replies.frame(Replies.offer(XID, lab.mac())));
            lab.turnFor(50);
            assertEquals(List.of(), tap.within(50));
        }
        assertEquals(List.of(Lab.IDENTITY_CHANGED), lab.heard);
        assertEquals(0, packetSockets());
    }

    @Test
    void linkThatIsOpenedBecauseOfAChangeDoesNotHearOfThatChange() throws Exception {
        lab.client.ip("link", "set", "eth0", "down");
        lab.client.ip("link", "set", "eth0", "address", "02:00:00:00:77:98");
        lab.client.ip("link", "set", "eth0", "address", OTHER_MAC, "up");
        Link anew = lab.client.call(() -> lab.links.open("eth0", lab));
        lab.turnFor(50);
        assertEquals(1, identitiesLost());
        assertEquals(OTHER_MAC, anew.hardware().toString());
        anew.close();
    }

    @Test
    void deletedInterfaceIsToldOnce() throws Exception {
        lab.listen(Listening.QUIET, XID);
        lab.client.ip("link", "delete", "eth0");
        lab.turnFor(50);
        assertEquals(1, identitiesLost());
        lab.cable("eth0", "02:00:00:00:77:02", "srv0", "02:00:00:00:77:01");
    }

    @Test
    void portThatLeavesABridgeIsNotGone() throws Exception {
        lab.client.ip("link", "add", "br0", "type", "bridge");
        lab.client.ip("link", "set", "eth0", "master", "br0");
        lab.client.ip("link", "set", "eth0", "nomaster");
        lab.turnFor(50);
        assertEquals(0, identitiesLost());
    }

    @Test
    void newNameIsToldAndTheUdpSocketIsOpenedByIt() throws Exception {
        lab.client.ip("link", "set", "eth0", "down");
        lab.client.ip("link", "set", "eth0", "name", "wan0", "up");
        lab.turnFor(50);
        assertTrue(lab.heard.contains("renamed to wan0"), lab.heard.toString());
        assertEquals(0, identitiesLost());
        int before = OpenDescriptors.count("socket:");
        lab.listen(Listening.UDP, XID);
        assertEquals(before + 1, OpenDescriptors.count("socket:"));
    }

    @Test
    void carrierIsToldWhenItChanges() throws Exception {
        assertTrue(lab.link.hasCarrier());
        lab.server.ip("link", "set", "srv0", "down");
        assertEquals(List.of(Lab.CARRIER_LOST), lab.hear(1));
        assertFalse(lab.link.hasCarrier());
        Link second = lab.client.call(() -> lab.links.open("eth0", lab));
        assertFalse(second.hasCarrier(), "as the kernel says when the link is opened");
        second.close();
        lab.server.ip("link", "set", "srv0", "up");
        assertEquals(List.of(Lab.CARRIER_LOST, Lab.CARRIER_IS_BACK), lab.hear(2));
        assertTrue(lab.link.hasCarrier());
    }

    @Test
    void mtuIsKeptCurrent() throws Exception {
        assertEquals(1500, lab.link.mtu());
        lab.client.ip("link", "set", "eth0", "mtu", "1280");
        lab.turnFor(50);
        assertEquals(1280, lab.link.mtu());
        assertEquals(List.of(), lab.heard);
    }

    @Test
    void twoHundredLinksHaveOneSocket() throws Exception {
        int before = OpenDescriptors.count("socket:");
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lab.client.ip("link", "add", "near" + i, "type", "veth", "peer", "name", "far" + i);
            String name = "near" + i;
            links.add(lab.client.call(() -> lab.links.open(name, lab)));
        }
        assertEquals(before, OpenDescriptors.count("socket:"));
        lab.turnFor(50);
        lab.client.ip("link", "set", "near199", "address", OTHER_MAC);
        lab.turnFor(50);
        assertEquals(List.of(Lab.IDENTITY_CHANGED), lab.heard);
        links.forEach(Link::close);
    }

    @Test
    void newsThatTheKernelHadToThrowAwayIsAskedFor() throws Exception {
        lab.client.ip("link", "add", "lost0", "type", "veth", "peer", "name", "lost1");
        Link lost = lab.client.call(() -> lab.links.open("lost0", lab));
        lab.turnFor(50);
        // About 700 octets of news each, and 200 kB of room for what nobody reads meanwhile.
        lab.client.run(
                "sh", "-c", "for i in $(seq 1000); do echo link set eth0 mtu $((1300 + i % 2)); done | ip -batch -");
        lab.client.ip("link", "set", "eth0", "address", OTHER_MAC);
        lab.client.ip("link", "delete", "lost0");
        assertTrue(newsThrownAway() > 0, "the kernel had room for everything");
        lab.turnFor(200);
        assertEquals(2, identitiesLost());
        lost.close();
    }

    /** Of the one socket in the namespace that hears of interfaces: the columns "Groups" and "Drops". */
    private long newsThrownAway() throws Exception {
        return lab.client
                .run("cat", "/proc/net/netlink")
                .lines()
                .map(line -> line.strip().split(" +"))
                .filter(columns -> columns[3].equals("00000001"))
                .mapToLong(columns -> Long.parseLong(columns[8]))
                .sum();
    }

    @Test
    void noPacketSocketIsOpenWhileBound() throws Exception {
        lab.listen(Listening.RAW, XID);
        assertEquals(1, packetSockets());
        lab.listen(Listening.QUIET, XID);
        // It is closed by another thread, as that takes some 10 ms.
        lab.turnFor(200);
        assertEquals(0, packetSockets());
    }

    /** The first line is a heading. */
    private long packetSockets() throws Exception {
        lab.turnFor(100);
        return lab.client.run("cat", "/proc/net/packet").lines().skip(1).count();
    }
}
