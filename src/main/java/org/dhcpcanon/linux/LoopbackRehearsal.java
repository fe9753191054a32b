package org.dhcpcanon.linux;

import java.util.concurrent.TimeUnit;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;
import org.dhcpcanon.runtime.LinkListener;

/**
 * Sends frames to itself over the loopback interface, through the very sockets and filters of a real link, and reads them: so that the
 * first real OFFER meets code that has run. Whoever else listens on the loopback gets these frames too, so they are such that nobody does
 * anything with them: they go to the port of clients, not of servers, and are replies, to nobody (xid and hardware address 0).
 */
final class LoopbackRehearsal implements LinkListener {
    private static final int CLIENT_PORT = 68;
    private static final int LOOPBACK_INDEX = 1;
    private static final int LOOPBACK_MTU = 65_536;
    private static final int PADDING = 300;
    private static final IpHeader HEADER = new IpHeader(64, 0, true, 0);
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(20);

    private final Wire wire;
    private final EthernetInterface loopback =
            new EthernetInterface("lo", LOOPBACK_INDEX, MacAddress.ZERO, LOOPBACK_MTU, true);
    private boolean heard;

    LoopbackRehearsal(Wire wire) {
        this.wire = wire;
    }

    /** A loopback that is down or missing costs nothing but the warmth. */
    void play(int rounds, BootClock clock) {
        PacketLink link = new PacketLink(wire, loopback, this, CLIENT_PORT);
        try {
            link.listen(Listening.RAW, 0);
            for (int i = 0; i < rounds; i++) {
                exchange(link, clock);
            }
            link.listen(Listening.QUIET, 0);
        } finally {
            link.close();
        }
    }

    private void exchange(PacketLink link, BootClock clock) {
        heard = false;
        link.send(new Outgoing(reply(), PADDING, HEADER, new Destination.Broadcast(Ipv4.ANY)));
        long end = clock.now() + PATIENCE;
        while (!heard && clock.now() < end) {
            wire.poller().await(end);
        }
    }

    private static Message reply() {
        Options options = Options.NONE.with(Option.DHCP_MESSAGE_TYPE, Octets.u8(MessageType.OFFER.code()));
        return new Message(
                Message.BOOTREPLY, 0, 0, 0, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY, MacAddress.ZERO, options);
    }

    @Override
    public void received(Message message, Ipv4 source) {
        heard = true;
    }

    @Override
    public void heard(ArpPacket packet) {
        // There is no ARP on the loopback.
    }

    @Override
    public void dropped(DropReason reason) {
        heard = true;
    }

    @Override
    public void identityChanged() {
        // The loopback is not what was expected: its frames are awaited in vain, which is borne.
    }

    @Override
    public void carrier(boolean present) {
        // The loopback has none.
    }

    @Override
    public void renamed(String name) {
        // Its index is all that counts here.
    }
}
