package org.dhcpcanon.requirements;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.dhcpcanon.audit.Frame;
import org.dhcpcanon.audit.LinkType;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageReader;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.MessageWriter;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.UdpFrame;
import org.dhcpcanon.runtime.Link;
import org.dhcpcanon.runtime.LinkListener;
import org.dhcpcanon.runtime.VirtualLoop;

/**
 * All that goes over one cable, both ways, as whole Ethernet frames; at its far end a server and a stranger. What the kernel would send
 * (unicast) has the header that the profile wants, as measured.
 */
final class Wire {
    static final MacAddress SERVER = new MacAddress(0x0200_0000_00feL);
    static final MacAddress STRANGER = new MacAddress(0x0200_0000_0badL);
    private static final IpHeader SERVERS = new IpHeader(64, 0, true, 0);

    final List<Frame> frames = new ArrayList<>();
    final List<Packet> sent = new ArrayList<>();
    final List<ArpPacket> arp = new ArrayList<>();
    final List<Message> heard = new ArrayList<>();
    /** All that the client has had, the present one last. */
    final List<MacAddress> hardwares = new ArrayList<>();
    /** All addresses that were offered, the present one last. */
    final List<Ipv4> given = new ArrayList<>();

    /** Which hardware address each was offered to. */
    final Map<Ipv4, MacAddress> owners = new HashMap<>();

    private final String title;
    private final int number;
    private final SplittableRandom random;
    private final Supplier<VirtualLoop> loop;
    private final List<Cable> plugged = new ArrayList<>();
    private boolean carrier = true;

    Wire(String title, int number, SplittableRandom random, Supplier<VirtualLoop> loop) {
        this.title = title;
        this.number = number;
        this.random = random;
        this.loop = loop;
        draw();
    }

    /** As NetworkManager draws one for each connection. */
    private void draw() {
        hardwares.add(new MacAddress((random.nextLong() & 0xfcff_ffff_ffffL) | 0x0200_0000_0000L));
        otherAddress();
    }

    /** The next offer is of another address. */
    void otherAddress() {
        given.add(Ipv4.of(10, number >>> 8, number & 0xff, given.size() + 2));
        owners.put(address(), hardware());
    }

    MacAddress hardware() {
        return hardwares.get(hardwares.size() - 1);
    }

    Ipv4 address() {
        return given.get(given.size() - 1);
    }

    /** The last message of the client. */
    Packet last() {
        return sent.get(sent.size() - 1);
    }

    Link plug(LinkListener listener) {
        plugged.clear();
        plugged.add(new Cable(hardware(), listener));
        return plugged.get(0);
    }

    void unplug() {
        plugged.clear();
    }

    private Optional<LinkListener> listener() {
        return plugged.stream().findFirst().map(cable -> cable.listener);
    }

    boolean hasCarrier() {
        return carrier;
    }

    void carrier(boolean present) {
        if (carrier != present) {
            carrier = present;
            listener().ifPresent(one -> one.carrier(present));
        }
    }

    void otherHardware() {
        draw();
        listener().ifPresent(LinkListener::identityChanged);
    }

    /** To the last message of the client, as it should be. */
    void reply(MessageType type) {
        reply(type, UnaryOperator.identity());
    }

    /** With something changed in it. */
    void reply(MessageType type, UnaryOperator<Message> change) {
        reply(type, change, hardware());
    }

    /** @param hardware whom it is for, though it comes here */
    void reply(MessageType type, UnaryOperator<Message> change, MacAddress hardware) {
        int xid = sent.isEmpty() ? 0 : last().message().transactionId();
        Message message = type == MessageType.NAK
                ? Replies.nak(xid)
                : Replies.message(type, xid, wished(type), Replies.SERVER, Play.LEASE);
        deliver(Replies.toHardware(change.apply(message), hardware));
    }

    /** A server confirms the address that it is asked for, and offers the one that it would give. */
    private Ipv4 wished(MessageType type) {
        if (type == MessageType.OFFER || sent.isEmpty()) {
            return address();
        }
        Ipv4 used = last().message().clientAddress();
        return used.equals(Ipv4.ANY) && last().has(50) ? last().option(50).addressAt(0) : used;
    }

    /** RFC 2131 §4.1: a NAK is broadcast, everything else goes to the client alone. */
    private void deliver(Message message) {
        boolean refusal =
                message.options().find(53).filter(Octets.u8(6)::equals).isPresent();
        byte[] payload = MessageWriter.write(message, 300);
        UdpFrame frame = new UdpFrame(
                refusal ? MacAddress.BROADCAST : hardware(),
                SERVER,
                Replies.SERVER,
                refusal ? Ipv4.BROADCAST : address(),
                67,
                68,
                Octets.of(payload));
        if (!carrier) {
            return;
        }
        tape(frame.bytes(SERVERS));
        heard.add(message);
        listener().ifPresent(one -> receive(payload, one));
    }

    /** What cannot be read does not come further than to the link. */
    private static void receive(byte[] payload, LinkListener listener) {
        try {
            listener.received(MessageReader.read(payload, 0, payload.length), Replies.SERVER);
        } catch (MalformedPacketException e) {
            listener.dropped(e.reason());
        }
    }

    /** Another host says something. */
    void arp(ArpPacket packet) {
        if (carrier) {
            tape(packet.bytes());
            plugged.stream()
                    .filter(cable -> cable.watched
                            .filter(packet.senderProtocol()::equals)
                            .isPresent())
                    .toList()
                    .forEach(cable -> cable.listener.heard(packet));
        }
    }

    private void tape(byte[] frame) {
        frames.add(new Frame(title, frames.size() + 1, loop.get().now(), LinkType.ETHERNET, Octets.of(frame)));
    }

    /** The client's end. */
    private final class Cable implements Link {
        private final MacAddress own;
        private final LinkListener listener;
        private Optional<Ipv4> watched = Optional.empty();

        Cable(MacAddress own, LinkListener listener) {
            this.own = own;
            this.listener = listener;
        }

        @Override
        public MacAddress hardware() {
            return own;
        }

        @Override
        public boolean hasCarrier() {
            return carrier;
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public void listen(Listening wanted, int transactionId) {
            // Everything is heard; the client drops what it does not want.
        }

        @Override
        public boolean send(Outgoing packet) {
            byte[] payload = MessageWriter.write(packet.message(), packet.minimumLength());
            Destination to = packet.destination();
            boolean unicast = to instanceof Destination.Server;
            UdpFrame frame = new UdpFrame(
                    unicast ? SERVER : MacAddress.BROADCAST,
                    current(),
                    to instanceof Destination.Server known ? known.source() : ((Destination.Broadcast) to).source(),
                    to instanceof Destination.Server known ? known.server() : Ipv4.BROADCAST,
                    68,
                    67,
                    Octets.of(payload));
            byte[] bytes = frame.bytes(packet.header());
            tape(bytes);
            sent.add(Packet.of(loop.get().now(), loop.get().state(), bytes));
            return true;
        }

        /** The address of the interface now, which the kernel would send from; not that which the link was opened with. */
        private MacAddress current() {
            return Wire.this.hardware();
        }

        @Override
        public void hearArp(Optional<Ipv4> wanted) {
            watched = wanted;
        }

        @Override
        public void send(ArpPacket packet) {
            byte[] bytes = packet.bytes();
            System.arraycopy(current().octets(), 0, bytes, MacAddress.LENGTH, MacAddress.LENGTH);
            tape(bytes);
            arp.add(packet);
        }

        @Override
        public void close() {
            plugged.remove(this);
        }
    }
}
