package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    void socketThatStoppedHearingIsOpenedAnewByTheNextListen() throws Exception {
        lab.listen(Listening.RAW, XID);
        String index = lab.client.ip("-o", "link", "show", "eth0").split(":", 2)[0];
        lab.client.ip("link", "delete", "eth0");
        lab.client.call(() -> lab.turnFor(100));
        lab.cable("eth0", "02:00:00:00:77:02", "srv0", "02:00:00:00:77:01", "index", index);
        lab.listen(Listening.RAW, XID);
        try (Tap server = Tap.on(lab.server, "srv0")) {
            server.inject(offer());
            assertEquals(List.of(HEARD), lab.hear(1));
        }
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
