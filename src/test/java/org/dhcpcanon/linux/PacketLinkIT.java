package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import jnr.constants.platform.Errno;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.MessageWriter;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.UdpFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packet socket of a link, on a cable between two network namespaces. */
@Timeout(60)
final class PacketLinkIT {
    private static final int XID = 0xcafe0077;
    private static final int OTHER_XID = 0xcafe0078;
    private static final String HEARD = "OFFER cafe0077 10.77.0.1";
    private static final int SO_DETACH_FILTER = 27;

    private Lab lab;

    @BeforeEach
    void build() throws Exception {
        lab = new Lab();
    }

    @AfterEach
    void tearDown() throws Exception {
        lab.close();
    }

    private Message discover() {
        return Replies.message(Message.BOOTREQUEST, MessageType.DISCOVER, XID, lab.mac());
    }

    private Outgoing broadcast(IpHeader header, Ipv4 source) {
        return new Outgoing(discover(), 300, header, new Destination.Broadcast(source));
    }

    private byte[] offer() {
        return Replies.frame(Replies.offer(XID, lab.mac()));
    }

    private static UdpFrame parse(byte[] frame) throws MalformedPacketException {
        return UdpFrame.parse(frame, frame.length, true);
    }

    @Test
    void linkKnowsTheAddressOfItsInterface() {
        assertEquals("02:00:00:00:77:02", lab.mac().toString());
    }

    @Test
    void broadcastArrivesBitExactWithTheHeaderThatWasAskedFor() throws Exception {
        lab.listen(Listening.RAW, XID);
        try (Tap tap = Tap.on(lab.server, "srv0")) {
            lab.send(broadcast(new IpHeader(64, 0x10, true, 0), Ipv4.ANY));
            byte[] frame = tap.next();
            Octets payload = Octets.of(MessageWriter.write(discover(), 300));
            byte[] expected = new UdpFrame(MacAddress.BROADCAST, lab.mac(), Ipv4.ANY, Ipv4.BROADCAST, 68, 67, payload)
                    .bytes(new IpHeader(64, 0x10, true, 0));
            assertArrayEquals(expected, frame);
            assertEquals(
                    "45:10:01:48:00:00:40:00:40:11",
                    Octets.copyOf(frame, 14, 24).toColonHex());
            assertEquals(0xffff, Replies.onesSum(frame, 14, 34));
            lab.send(broadcast(new IpHeader(128, 0, false, 0x1234), Replies.CLIENT));
            byte[] other = tap.next();
            assertEquals(
                    "45:00:01:48:12:34:00:00:80:11",
                    Octets.copyOf(other, 14, 24).toColonHex());
            assertEquals(Replies.CLIENT, Ipv4.at(other, 26));
        }
    }

    @Test
    void kernelOfTheServerFindsTheChecksumsRight() throws Exception {
        try (DatagramSocket socket = lab.serverSocket(Ipv4.ANY)) {
            lab.listen(Listening.RAW, XID);
            lab.send(broadcast(Replies.HEADER, Replies.CLIENT));
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            socket.receive(packet);
            byte[] payload = Arrays.copyOf(packet.getData(), packet.getLength());
            assertArrayEquals(MessageWriter.write(discover(), 300), payload);
            assertEquals(68, packet.getPort());
        }
    }

    @Test
    void broadcastGoesOutEvenIfNoSocketIsOpen() throws Exception {
        lab.listen(Listening.NOTHING, XID);
        try (Tap tap = Tap.on(lab.server, "srv0")) {
            lab.send(broadcast(Replies.HEADER, Ipv4.ANY));
            assertEquals(Replies.HEADER.timeToLive(), tap.next()[22]);
        }
    }

    @Test
    void messageThatCannotBeSentIsOnlyAWarning() throws Exception {
        lab.listen(Listening.RAW, XID);
        lab.client.ip("link", "set", "eth0", "down");
        assertFalse(lab.send(broadcast(Replies.HEADER, Ipv4.ANY)));
        lab.listen(Listening.NOTHING, XID);
        assertFalse(lab.send(broadcast(Replies.HEADER, Ipv4.ANY)));
    }

    @Test
    void repliesByBroadcastAndByUnicastAreHeard() throws Exception {
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(offer());
            server.inject(Replies.frame(Replies.offer(XID, lab.mac()), lab.mac(), Replies.CLIENT, 68));
            assertEquals(List.of(HEARD, HEARD), lab.hear(2));
        }
    }

    @Test
    void replyWithIpOptionsIsHeard() throws Exception {
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(Replies.withIpOptions(offer()));
            assertEquals(List.of(HEARD), lab.hear(1));
        }
    }

    @Test
    void nothingButRepliesToThisTransactionPassesTheFilter() throws Exception {
        MacAddress mac = lab.mac();
        Message offer = Replies.offer(XID, mac);
        byte[] good = offer();
        byte[] notIpv4 = good.clone();
        notIpv4[12] = (byte) 0x86;
        List<byte[]> strangers = List.of(
                Replies.frame(Replies.offer(OTHER_XID, mac)),
                Replies.frame(Replies.offer(XID, new MacAddress(mac.bits() ^ 1))),
                Replies.frame(Replies.offer(XID, new MacAddress(mac.bits() ^ 0x0100_0000_0000L))),
                Replies.frame(offer, MacAddress.BROADCAST, Ipv4.BROADCAST, 67),
                Replies.frame(Replies.message(Message.BOOTREQUEST, MessageType.OFFER, XID, mac)),
                Replies.frame(offer, new MacAddress(0x02_00_00_00_99_99L), Replies.CLIENT, 68),
                Replies.withIpWord(good, 6, 0x2000),
                Replies.withIpWord(good, 6, 0x0001),
                Replies.withIpWord(good, 8, 64 << 8 | 6),
                Arrays.copyOf(good, 14 + 20 + 8 + 20));
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0");
                Tap beside = Tap.on(lab.client, "eth0")) {
            for (byte[] stranger : strangers) {
                server.inject(stranger);
            }
            server.inject(notIpv4);
            server.inject(good);
            assertEquals(List.of(HEARD), lab.hear(1));
            assertEquals(strangers.size() + 1, beside.within(100).size(), "all of IPv4 did arrive");
        }
    }

    @Test
    void taggedFrameOfAnUnknownVlanIsNotHeard() throws Exception {
        byte[] good = offer();
        byte[] tagged = new byte[good.length + 4];
        System.arraycopy(good, 0, tagged, 0, 12);
        tagged[12] = (byte) 0x81;
        tagged[15] = 5;
        System.arraycopy(good, 12, tagged, 16, good.length - 12);
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(tagged);
            server.inject(good);
            assertEquals(List.of(HEARD), lab.hear(1));
        }
    }

    @Test
    void filterCannotBeRemovedOrReplaced() throws Exception {
        Reception in = new Reception();
        LinkWatch watch = new LinkWatch(lab.poller, in);
        Wire wire = new Wire(lab.poller, in, new Transmission(), new SlowCloser(), watch);
        PacketSocket socket = lab.client.call(
                () -> PacketSocket.ofReplies(wire, EthernetInterface.find("eth0"), lab, new NextHop(), XID));
        ErrnoException removed = assertThrows(
                ErrnoException.class,
                () -> SocketOption.set(socket.descriptor(), Linux.SOL_SOCKET, SO_DETACH_FILTER, 0, "detach"));
        assertTrue(removed.is(Errno.EPERM), removed.getMessage());
        ErrnoException replaced =
                assertThrows(ErrnoException.class, () -> SocketFilter.CLOSED.attach(socket.descriptor()));
        assertTrue(replaced.is(Errno.EPERM), replaced.getMessage());
        socket.close();
        wire.closer().close();
    }

    @Test
    void checksumThatWasLeftToHardwareIsNotVerified() throws Exception {
        lab.listen(Listening.RAW, XID);
        byte[] frame = offerByKernel();
        MalformedPacketException partial = assertThrows(MalformedPacketException.class, () -> parse(frame));
        assertEquals(DropReason.BAD_UDP_CHECKSUM, partial.reason());
        assertEquals(List.of(HEARD), lab.hear(1));
    }

    @Test
    void checksumThatIsThereIsVerified() throws Exception {
        lab.server.run("ethtool", "-K", "srv0", "tx", "off");
        lab.listen(Listening.RAW, XID);
        assertEquals(68, parse(offerByKernel()).destinationPort());
        assertEquals(List.of(HEARD), lab.hear(1));
    }

    /** A UDP socket of the server's kernel sends an offer; the frame, as it came to the client. */
    private byte[] offerByKernel() throws Exception {
        byte[] payload = Replies.payload(Replies.offer(XID, lab.mac()));
        try (Tap beside = Tap.on(lab.client, "eth0");
                DatagramSocket socket = lab.serverSocket(Replies.SERVER)) {
            socket.send(new DatagramPacket(payload, payload.length, Lab.internet(Ipv4.BROADCAST), 68));
            return beside.next();
        }
    }

    @Test
    void wrongChecksumIsDropped() throws Exception {
        byte[] wrong = offer();
        wrong[wrong.length - 1] ^= 1;
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(wrong);
            assertEquals(List.of("BAD_UDP_CHECKSUM"), lab.hear(1));
        }
    }

    @Test
    void floodIsReadInPartsOfSixtyFour() throws Exception {
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            for (int i = 0; i < 67; i++) {
                server.inject(offer());
            }
            lab.poller.await(Long.MAX_VALUE);
            List<String> first = new java.util.ArrayList<>(Collections.nCopies(64, HEARD));
            first.add("FLOOD");
            assertEquals(first, lab.heard);
            lab.poller.await(Long.MAX_VALUE);
            assertEquals(67, lab.heard.size());
        }
    }

    @Test
    void listenerMayCloseTheSocketThatIsBeingRead() throws Exception {
        lab.listen(Listening.RAW, XID);
        lab.afterMessage = lab.link::close;
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(offer());
            server.inject(offer());
            assertEquals(List.of(HEARD), lab.hear(1));
        }
    }

    @Test
    void otherTransactionGetsANewFilter() throws Exception {
        lab.listen(Listening.RAW, OTHER_XID);
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(Replies.frame(Replies.offer(OTHER_XID, lab.mac())));
            server.inject(offer());
            assertEquals(List.of(HEARD), lab.hear(1));
        }
    }

    @Test
    void sameTransactionKeepsItsSocketAndWhatIsQueued() throws Exception {
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(offer());
            lab.listen(Listening.RAW, XID);
            assertEquals(List.of(HEARD), lab.hear(1));
        }
    }

    @Test
    void interfaceThatVanishesDoesNotMakeTheLoopSpin() throws Exception {
        lab.listen(Listening.RAW_AND_UDP, XID);
        lab.client.ip("link", "delete", "eth0");
        int turns = lab.turnFor(300);
        assertTrue(turns <= 5, turns + " turns");
        lab.cable("eth0", "02:00:00:00:77:02", "srv0", "02:00:00:00:77:01");
        assertEquals(1, lab.heard.stream().filter(Lab.IDENTITY_CHANGED::equals).count());
    }

    @Test
    void interfaceThatWentDownIsHeardAgainWhenItIsUp() throws Exception {
        lab.listen(Listening.RAW, XID);
        lab.client.ip("link", "set", "eth0", "down");
        int turns = lab.turnFor(100);
        assertTrue(turns <= 5, turns + " turns");
        lab.client.ip("link", "set", "eth0", "up");
        Lab.awaitUp(lab.client, "eth0");
        Lab.awaitUp(lab.server, "srv0");
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(offer());
            assertEquals(List.of(Lab.CARRIER_LOST, Lab.CARRIER_IS_BACK, HEARD), inOrder(lab.hear(3)));
        }
    }

    /** The news of the carrier and the packets come by sockets of their own, and so in any order. */
    private static List<String> inOrder(List<String> heard) {
        List<String> sorted = new java.util.ArrayList<>(heard);
        sorted.sort(java.util.Comparator.comparing(HEARD::equals));
        return sorted;
    }

    @Test
    void twoHundredRoundsLeaveNoDescriptor() throws Exception {
        lab.links.close();
        int before = OpenDescriptors.count("socket:");
        PacketLinks links = new PacketLinks(lab.poller);
        lab.client.call(() -> {
            for (int i = 0; i < 200; i++) {
                org.dhcpcanon.runtime.Link link = links.open("eth0", lab);
                link.listen(Listening.UDP, i);
                link.listen(Listening.RAW, i);
                link.listen(Listening.RAW_AND_UDP, i + 1);
                link.send(broadcast(Replies.HEADER, Ipv4.ANY));
                link.close();
                link.close();
            }
            return links;
        });
        links.close();
        assertEquals(before, OpenDescriptors.count("socket:"));
    }

    @Test
    void leavingThePacketSocketDoesNotWaitForTheKernel() throws Exception {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            lab.listen(Listening.RAW, i);
            long start = System.nanoTime();
            lab.listen(Listening.QUIET, i);
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        assertTrue(shortest < 3 * Lab.MILLI, shortest + " ns");
    }

    @Test
    void interfacesThatCannotBeUsedAreRefusedInWords() {
        assertRefused("there is no interface eth9", "eth9");
        assertRefused("interface lo is not Ethernet", "lo");
        assertRefused("\"an-interface-too-long\" is not the name of an interface", "an-interface-too-long");
        assertRefused("\"\" is not the name of an interface", "");
    }

    private void assertRefused(String words, String name) {
        IOException refused = assertThrows(IOException.class, () -> lab.client.call(() -> lab.links.open(name, lab)));
        assertEquals(words, refused.getMessage());
    }
}
