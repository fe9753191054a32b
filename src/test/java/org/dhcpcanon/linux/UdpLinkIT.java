package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.List;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The UDP socket of a link, on a cable between two network namespaces. */
@Timeout(60)
final class UdpLinkIT {
    private static final int XID = 0xcafe0077;
    private static final int OTHER_XID = 0xcafe0078;
    private static final String HEARD = "OFFER cafe0077 10.77.0.1";
    private static final Ipv4 SECOND = Ipv4.of(10, 77, 0, 60);
    private static final int ICMP = 1;

    private Lab lab;
    private DatagramSocket server;

    @BeforeEach
    void build() throws Exception {
        lab = new Lab();
        lab.client.ip("address", "add", "10.77.0.50/24", "dev", "eth0");
        lab.client.ip("address", "add", "10.77.0.60/24", "dev", "eth0");
        server = lab.serverSocket(Replies.SERVER);
    }

    @AfterEach
    void tearDown() throws Exception {
        server.close();
        lab.close();
    }

    private Message request() {
        return Replies.message(Message.BOOTREQUEST, MessageType.REQUEST, XID, lab.mac());
    }

    private Outgoing toServer(IpHeader header, Ipv4 source) {
        return new Outgoing(request(), 300, header, new Destination.Server(source, Replies.SERVER));
    }

    private void reply(int transactionId, MacAddress hardware, Ipv4 destination) throws Exception {
        byte[] payload = Replies.payload(Replies.offer(transactionId, hardware));
        server.send(new DatagramPacket(payload, payload.length, Lab.internet(destination), 68));
    }

    private void reply() throws Exception {
        reply(XID, lab.mac(), Replies.CLIENT);
    }

    private String ipHeaderOf(Outgoing packet) throws Exception {
        try (Tap tap = Tap.on(lab.server, "srv0")) {
            lab.send(packet);
            byte[] frame = tap.next();
            assertEquals(lab.mac(), MacAddress.at(frame, 6));
            return Octets.copyOf(frame, 14, 24).toColonHex() + " from " + Ipv4.at(frame, 26);
        }
    }

    @Test
    void datagramHasTheSourceAndTheHeaderThatWereAskedFor() throws Exception {
        lab.listen(Listening.UDP, XID);
        String strict = ipHeaderOf(toServer(new IpHeader(64, 0, true, 0), SECOND));
        assertEquals("45:00:01:48:00:00:40:00:40:11 from 10.77.0.60", strict);
        String other = ipHeaderOf(toServer(new IpHeader(128, 0x10, true, 0), Replies.CLIENT));
        assertEquals("45:10:01:48:00:00:40:00:80:11 from 10.77.0.50", other);
        String again = ipHeaderOf(toServer(new IpHeader(64, 0, true, 0), SECOND));
        assertEquals(strict, again);
    }

    @Test
    void datagramMayBeFragmentedIfTheProfileSaysSo() throws Exception {
        lab.listen(Listening.QUIET, XID);
        String header = ipHeaderOf(toServer(new IpHeader(64, 0, false, 0), SECOND));
        assertEquals("00:00", header.substring(18, 23));
    }

    @Test
    void serverGetsTheMessageFromTheClientPort() throws Exception {
        lab.listen(Listening.QUIET, XID);
        assertServerGetsIt();
    }

    @Test
    void datagramGoesOutEvenIfNoSocketIsOpen() throws Exception {
        lab.listen(Listening.NOTHING, XID);
        assertServerGetsIt();
    }

    private void assertServerGetsIt() throws Exception {
        lab.send(toServer(Replies.HEADER, SECOND));
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        server.receive(packet);
        assertArrayEquals(Replies.payload(request()), Arrays.copyOf(packet.getData(), packet.getLength()));
        assertEquals(68, packet.getPort());
        assertEquals("10.77.0.60", packet.getAddress().getHostAddress());
    }

    @Test
    void datagramLeavesByItsOwnInterfaceThoughTheRouteIsByAnother() throws Exception {
        lab.cable("eth1", "02:00:00:00:77:04", "srv1", "02:00:00:00:77:03");
        lab.client.ip("address", "add", "10.77.0.70/24", "dev", "eth1");
        lab.client.ip("route", "add", "10.77.0.1/32", "dev", "eth1");
        assertTrue(lab.client.ip("route", "get", "10.77.0.1").contains("dev eth1"));
        lab.listen(Listening.UDP, XID);
        try (Tap wrong = Tap.on(lab.server, "srv1")) {
            assertEquals("45:00:01:48:00:00:40:00:40:11 from 10.77.0.60", ipHeaderOf(toServer(Replies.HEADER, SECOND)));
            assertEquals(List.of(), wrong.within(100));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Listening.class,
            names = {"UDP", "QUIET", "NOTHING"})
    void renewalIsNotSentFromAnAddressThatItsMessageDoesNotHave(Listening listening) throws Exception {
        lab.listen(listening, XID);
        lab.client.ip("link", "set", "eth0", "address", "02:00:00:00:77:99");
        try (Tap tap = Tap.on(lab.server, "srv0")) {
            lab.send(toServer(Replies.HEADER, SECOND));
            assertEquals(List.of(), tap.within(300));
        }
        assertEquals(List.of(Lab.IDENTITY_CHANGED), lab.hear(1));
    }

    @Test
    void addressThatIsNotHereIsOnlyAWarning() throws Exception {
        lab.listen(Listening.UDP, XID);
        assertFalse(lab.send(toServer(Replies.HEADER, Ipv4.of(10, 77, 0, 99))));
        assertEquals("45:00:01:48:00:00:40:00:40:11 from 10.77.0.60", ipHeaderOf(toServer(Replies.HEADER, SECOND)));
    }

    @Test
    void repliesByUnicastAndByBroadcastAreHeard() throws Exception {
        lab.listen(Listening.UDP, XID);
        reply(XID, lab.mac(), Replies.CLIENT);
        reply(XID, lab.mac(), Ipv4.BROADCAST);
        assertEquals(List.of(HEARD, HEARD), lab.hear(2));
    }

    @Test
    void repliesToOthersAreNotHeard() throws Exception {
        lab.listen(Listening.UDP, XID);
        reply(OTHER_XID, lab.mac(), Replies.CLIENT);
        reply(XID, new MacAddress(lab.mac().bits() ^ 1), Replies.CLIENT);
        reply();
        assertEquals(List.of(HEARD), lab.hear(1));
    }

    @Test
    void replyThatCameInByAnotherInterfaceIsNotHeard() throws Exception {
        lab.cable("eth1", "02:00:00:00:77:04", "srv1", "02:00:00:00:77:03");
        lab.client.ip("address", "add", "10.77.0.70/24", "dev", "eth1");
        lab.listen(Listening.UDP, XID);
        MacAddress second = new MacAddress(0x02_00_00_00_77_04L);
        try (Tap wrong = Tap.on(lab.server, "srv1")) {
            wrong.inject(Replies.frame(Replies.offer(XID, lab.mac()), second, Ipv4.of(10, 77, 0, 70), 68));
            lab.turnFor(50);
            reply();
            assertEquals(List.of(HEARD), lab.hear(1));
        }
    }

    @Test
    void rebindingHearsUnicastByBothSocketsAndNoOtherFrame() throws Exception {
        lab.listen(Listening.RAW_AND_UDP, XID);
        reply(OTHER_XID, lab.mac(), Replies.CLIENT);
        reply();
        assertEquals(List.of(HEARD, HEARD), lab.hear(2));
    }

    @Test
    void quietSocketWakesNobodyAndDrawsNoErrors() throws Exception {
        lab.listen(Listening.QUIET, XID);
        try (Tap tap = Tap.on(lab.server, "srv0")) {
            for (int i = 0; i < 20; i++) {
                reply();
            }
            assertEquals(1, lab.turnFor(200), "turns");
            assertEquals(0, icmp(tap.within(100)));
        }
        assertEquals(List.of(), lab.heard);
    }

    @Test
    void withoutAnySocketTheKernelAnswersWithErrors() throws Exception {
        lab.listen(Listening.NOTHING, XID);
        try (Tap tap = Tap.on(lab.server, "srv0")) {
            reply();
            assertEquals(1, icmp(tap.within(200)));
        }
    }

    private static long icmp(List<byte[]> frames) {
        return frames.stream().filter(frame -> frame[23] == ICMP).count();
    }

    @Test
    void whatCameWhileQuietIsNotHeardLater() throws Exception {
        lab.listen(Listening.QUIET, XID);
        reply();
        lab.listen(Listening.UDP, XID);
        lab.turnFor(50);
        assertEquals(List.of(), lab.heard);
        reply();
        assertEquals(List.of(HEARD), lab.hear(1));
    }

    @Test
    void whatCameForAnEarlierTransactionIsNotHeardLater() throws Exception {
        lab.listen(Listening.UDP, OTHER_XID);
        reply(OTHER_XID, lab.mac(), Replies.CLIENT);
        lab.listen(Listening.UDP, XID);
        reply();
        assertEquals(List.of(HEARD), lab.hear(1));
    }

    @Test
    void replyThatIsQueuedSurvivesAskingAgain() throws Exception {
        lab.listen(Listening.UDP, XID);
        reply();
        lab.listen(Listening.UDP, XID);
        assertEquals(List.of(HEARD), lab.hear(1));
    }

    @Test
    void listenerMayGoQuietInTheMiddle() throws Exception {
        lab.listen(Listening.UDP, XID);
        lab.afterMessage = () -> lab.link.listen(Listening.QUIET, XID);
        reply();
        reply();
        assertEquals(List.of(HEARD), lab.hear(1));
        lab.afterMessage = () -> {};
        lab.listen(Listening.UDP, XID);
        reply();
        assertEquals(List.of(HEARD, HEARD), lab.hear(2));
    }

    @Test
    void anotherClientOnTheSamePortIsNoHindrance() throws Exception {
        DatagramSocket other = lab.client.call(() -> {
            DatagramSocket socket = new DatagramSocket(null);
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(Lab.internet(Ipv4.ANY), 68));
            return socket;
        });
        try (other) {
            lab.listen(Listening.UDP, XID);
            reply();
            assertEquals(List.of(HEARD), lab.hear(1));
        }
    }
}
