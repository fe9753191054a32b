package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.UdpFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Renewals of a machine whose own firewall or routes refuse them. */
@Timeout(60)
final class RefusedDatagramIT {
    private static final int XID = 0xcafe0077;
    private static final int RENEWAL = 0xcafe0078;
    private static final String RENEWED = "ACK cafe0078 10.77.0.1";

    private Lab lab;

    @BeforeEach
    void build() throws Exception {
        lab = new Lab();
        lab.client.ip("address", "add", "10.77.0.50/24", "dev", "eth0");
    }

    @AfterEach
    void tearDown() throws Exception {
        lab.close();
    }

    private void refuseByFirewall(String direction) throws Exception {
        String port = direction.equals("output") ? "dport 67" : "sport 67";
        lab.client.run(
                "nft",
                "add table inet f; add chain inet f c { type filter hook " + direction
                        + " priority 0; }; add rule inet f c udp " + port + " drop");
    }

    private void obtainLease(Tap server) throws Exception {
        lab.listen(Listening.RAW, XID);
        server.inject(Replies.frame(ack(XID)));
        lab.hear(1);
        lab.heard.clear();
        lab.listen(Listening.QUIET, XID);
    }

    private Message ack(int transactionId) {
        return Replies.message(Message.BOOTREPLY, MessageType.ACK, transactionId, lab.mac());
    }

    private Outgoing renewal() {
        Message request = Replies.message(Message.BOOTREQUEST, MessageType.REQUEST, RENEWAL, lab.mac());
        return new Outgoing(request, 300, Replies.HEADER, new Destination.Server(Replies.CLIENT, Replies.SERVER));
    }

    private byte[] renewalFrame() {
        return new UdpFrame(
                        Replies.SERVER_MAC,
                        lab.mac(),
                        Replies.CLIENT,
                        Replies.SERVER,
                        68,
                        67,
                        Octets.of(Replies.payload(renewal().message())))
                .bytes(Replies.HEADER);
    }

    private static List<byte[]> udp(List<byte[]> frames) {
        return frames.stream().filter(frame -> frame[23] == 17).toList();
    }

    @Test
    void renewalThatAFirewallRefusesLeavesAsAFrameAndItsAnswerIsHeard() throws Exception {
        try (Tap server = Tap.on(lab.server, "srv0")) {
            obtainLease(server);
            refuseByFirewall("output");
            refuse(server);
        }
    }

    @Test
    void answerIsHeardThoughTheFirewallDropsItAsWell() throws Exception {
        lab.client.run(
                "nft",
                "add table inet g; add chain inet g c { type filter hook input priority 0; };"
                        + " add rule inet g c udp sport 67 drop");
        try (Tap server = Tap.on(lab.server, "srv0")) {
            obtainLease(server);
            refuseByFirewall("output");
            refuse(server);
        }
        assertEquals(List.of(RENEWED), lab.heard);
    }

    @Test
    void renewalFromAnAddressThatIsGoneLeavesAsAFrame() throws Exception {
        try (Tap server = Tap.on(lab.server, "srv0")) {
            obtainLease(server);
            lab.client.ip("address", "flush", "dev", "eth0");
            refuse(server);
        }
    }

    private void refuse(Tap server) throws Exception {
        lab.listen(Listening.UDP, RENEWAL);
        assertTrue(lab.send(renewal()));
        List<byte[]> frames = udp(server.within(100));
        assertEquals(1, frames.size());
        assertArrayEquals(renewalFrame(), frames.get(0));
        server.inject(Replies.frame(ack(RENEWAL), lab.mac(), Replies.CLIENT, 68));
        assertEquals(RENEWED, lab.hear(1).get(0));
        lab.listen(Listening.QUIET, RENEWAL);
        lab.turnFor(200);
        assertEquals(1, lab.client.run("cat", "/proc/net/packet").lines().count(), "the heading alone");
    }

    @Test
    void renewalIsLostIfNobodyKnowsWhereTheServerIs() throws Exception {
        refuseByFirewall("output");
        lab.listen(Listening.UDP, RENEWAL);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            assertFalse(lab.send(renewal()));
            assertEquals(List.of(), udp(server.within(100)));
        }
    }

    @Test
    void frameGoesToTheServerOfTheLeaseOnly() throws Exception {
        try (Tap server = Tap.on(lab.server, "srv0")) {
            obtainLease(server);
            refuseByFirewall("output");
            Destination other = new Destination.Server(Replies.CLIENT, Ipv4.of(10, 77, 0, 9));
            lab.send(new Outgoing(renewal().message(), 300, Replies.HEADER, other));
            assertEquals(List.of(), udp(server.within(100)));
        }
    }

    @Test
    void renewalThatNobodyRefusesIsADatagram() throws Exception {
        try (Tap server = Tap.on(lab.server, "srv0")) {
            obtainLease(server);
            lab.listen(Listening.UDP, RENEWAL);
            assertTrue(lab.send(renewal()));
            assertEquals(lab.mac(), MacAddress.at(udp(server.within(100)).get(0), 6));
            server.inject(Replies.frame(ack(RENEWAL), lab.mac(), Replies.CLIENT, 68));
            assertEquals(List.of(RENEWED), lab.hear(1), "by one socket");
        }
    }
}
