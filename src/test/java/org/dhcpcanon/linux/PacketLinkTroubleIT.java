package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A link whose interface changes under it, and the loopback on which links are rehearsed. */
@Timeout(60)
final class PacketLinkTroubleIT {
    private static final int XID = 0xcafe0077;
    private static final String HEARD = "OFFER cafe0077 10.77.0.1";

    private Lab lab;

    @BeforeEach
    void build() throws Exception {
        lab = new Lab();
    }

    @AfterEach
    void tearDown() throws Exception {
        lab.close();
    }

    private Outgoing broadcast(IpHeader header, Ipv4 source) {
        Message discover = Replies.message(Message.BOOTREQUEST, MessageType.DISCOVER, XID, lab.mac());
        return new Outgoing(discover, 300, header, new Destination.Broadcast(source));
    }

    private byte[] offer() {
        return Replies.frame(Replies.offer(XID, lab.mac()));
    }

    @Test
    void nothingIsHeardAnyMoreOnceTheInterfaceIsGoneThoughAnotherHasItsNumber() throws Exception {
        lab.listen(Listening.RAW, XID);
        String index = lab.client.ip("-o", "link", "show", "eth0").split(":", 2)[0];
        lab.client.ip("link", "delete", "eth0");
        lab.client.call(() -> lab.turnFor(100));
        lab.cable("eth0", "02:00:00:00:77:02", "srv0", "02:00:00:00:77:01", "index", index);
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(offer());
            lab.turnFor(50);
        }
        assertEquals(1, lab.heard.stream().filter(Lab.IDENTITY_CHANGED::equals).count());
        assertFalse(lab.heard.contains(HEARD));
    }

    @ParameterizedTest
    @EnumSource(
            value = Listening.class,
            names = {"RAW", "NOTHING"})
    void nothingIsSentUnderAnAddressThatIsNotTheOneOfTheInterfaceAnyMore(Listening listening) throws Exception {
        lab.listen(listening, XID);
        lab.client.ip("link", "set", "eth0", "address", "02:00:00:00:77:99");
        try (Tap tap = Tap.on(lab.server, "srv0")) {
            assertFalse(lab.send(broadcast(Replies.HEADER, Ipv4.ANY)));
            assertFalse(lab.send(broadcast(Replies.HEADER, Ipv4.ANY)));
            assertEquals(List.of(), lab.heard, "not in the middle of the sender's work");
            lab.client.ip("link", "set", "eth0", "address", "02:00:00:00:77:02");
            lab.send(broadcast(Replies.HEADER, Ipv4.ANY));
            assertEquals(List.of(), tap.within(100));
        }
        assertEquals(List.of(Lab.IDENTITY_CHANGED), lab.hear(1));
    }

    @Test
    void interfaceThatIsGoneWhenSomethingIsToBeSentIsReported() throws Exception {
        lab.listen(Listening.RAW, XID);
        lab.client.ip("link", "delete", "eth0");
        lab.send(broadcast(Replies.HEADER, Ipv4.ANY));
        assertEquals(List.of(Lab.IDENTITY_CHANGED), lab.hear(1));
        lab.cable("eth0", "02:00:00:00:77:02", "srv0", "02:00:00:00:77:01");
    }

    @Test
    void interfaceThatWasRenamedCanStillSend() throws Exception {
        lab.listen(Listening.RAW, XID);
        lab.client.ip("link", "set", "eth0", "down");
        lab.client.ip("link", "set", "eth0", "name", "wan0", "up");
        Lab.awaitUp(lab.client, "wan0");
        Lab.awaitUp(lab.server, "srv0");
        // The socket has an error to report first: that its interface went down.
        lab.client.call(() -> lab.turnFor(30));
        try (Tap tap = Tap.on(lab.server, "srv0")) {
            assertTrue(lab.send(broadcast(Replies.HEADER, Ipv4.ANY)));
            assertEquals(lab.mac(), MacAddress.at(tap.next(), 6));
        }
    }

    @Test
    void listenerIsNotToldOfAChangedAddressOnceTheLinkIsClosed() throws Exception {
        lab.listen(Listening.RAW, XID);
        lab.client.ip("link", "set", "eth0", "address", "02:00:00:00:77:99");
        lab.send(broadcast(Replies.HEADER, Ipv4.ANY));
        lab.link.close();
        lab.turnFor(30);
        assertEquals(List.of(), lab.heard);
    }

    @Test
    void rehearsalIsHeardAndReachesNoServerOfThisMachine() throws Exception {
        lab.client.ip("link", "set", "lo", "up");
        try (DatagramSocket server = wildcard(67);
                DatagramSocket client = wildcard(68)) {
            long start = System.nanoTime();
            lab.client.call(() -> {
                lab.links.rehearse(10, lab.clock);
                return lab;
            });
            assertTrue(System.nanoTime() - start < 190 * Lab.MILLI, "it waited in vain for its own frames");
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            client.receive(packet);
            assertEquals(Message.BOOTREPLY, packet.getData()[0]);
            assertThrows(SocketTimeoutException.class, () -> server.receive(packet));
        }
    }

    private DatagramSocket wildcard(int port) throws Exception {
        return lab.client.call(() -> {
            DatagramSocket socket = new DatagramSocket(port);
            socket.setSoTimeout(200);
            return socket;
        });
    }
}
