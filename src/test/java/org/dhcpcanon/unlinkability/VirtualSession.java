package org.dhcpcanon.unlinkability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.MessageWriter;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.UdpFrame;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.Link;
import org.dhcpcanon.runtime.LinkListener;
import org.dhcpcanon.runtime.VirtualLoop;

/**
 * A visit of one machine to one network, with a fresh hardware address: the real client over a cable of ours, to a server of ours that
 * loses a tenth of the packets and gives leases of 10 to 60 minutes. Two hours at most.
 */
final class VirtualSession implements Link {
    private static final long MICRO = 1_000L;
    private static final long LONGEST = 7_200_000_000_000L;
    private static final double LOSS = 0.1;

    private final SplittableRandom network;
    private final MacAddress hardware = Machine.freshHardware();
    private final double rate;
    private final VirtualServer server;
    private final long lease;
    private final VirtualLoop loop;
    private final long begin;
    private final List<Sent> sent = new ArrayList<>();
    private final Set<Integer> given = new HashSet<>();
    private long repliedAt = -1;
    private boolean dies;
    private boolean dead;
    private LinkListener listener = Deaf.INSTANCE;

    private VirtualSession(Machine machine, SplittableRandom network) {
        this.network = network;
        rate = 1 + machine.drift;
        server = VirtualServer.in(network);
        lease = 600L + network.nextInt(3001);
        begin = machine.bootClock();
        loop = new VirtualLoop(begin, machine.entropy(), this::open, machine.policy);
    }

    /** @param network everything about the place that is visited; nothing of the machine may be in it */
    static Recording of(Machine machine, SplittableRandom network) {
        return play(new VirtualSession(machine, network), machine, network);
    }

    /** A visit whose server falls silent with the first lease, so that the client renews, rebinds and searches anew. */
    static Recording deserted(Machine machine, SplittableRandom network) {
        VirtualSession session = new VirtualSession(machine, network);
        session.dies = true;
        return play(session, machine, network);
    }

    private static Recording play(VirtualSession session, Machine machine, SplittableRandom network) {
        ClientRequest request = machine.request();
        try {
            session.loop.start(request, machine.disk);
        } catch (AttachRefusedException e) {
            throw new IllegalStateException(e);
        }
        long shortest = session.dies ? LONGEST - 1 : LONGEST / 4;
        session.loop.runUntil(session.begin + shortest + network.nextLong(LONGEST - shortest));
        session.loop.stop(request.interfaceName());
        return new Recording(session.hardware, session.sent, session.given);
    }

    private Link open(String name, LinkListener newListener) {
        listener = newListener;
        return this;
    }

    @Override
    public boolean hasCarrier() {
        return true;
    }

    @Override
    public int mtu() {
        return 1500;
    }

    @Override
    public MacAddress hardware() {
        return hardware;
    }

    @Override
    public void listen(Listening wanted, int transactionId) {
        // Everything is heard; the client drops what it does not want.
    }

    @Override
    public void send(Outgoing packet) {
        byte[] payload = MessageWriter.write(packet.message(), packet.minimumLength());
        record(frame(packet, payload).bytes(packet.header()));
        if (!dead && network.nextDouble() >= LOSS) {
            long delay = 200 * MICRO + network.nextLong(20_000 * MICRO);
            loop.after(delay, () -> answer(packet.message()));
        }
    }

    private void record(byte[] frame) {
        sent.add(new Sent(seen(), latency(), frame));
    }

    /** When the listener in the network says it was: true time, in microseconds, later by what a kernel takes. */
    private long seen() {
        double passed = (loop.now() - begin) / rate;
        return Math.round(passed / MICRO) * MICRO + network.nextLong(300) * MICRO;
    }

    /** How long after a reply, as far as the listener can tell. */
    private long latency() {
        return repliedAt < 0 ? -1 : loop.now() - repliedAt + network.nextLong(300) * MICRO;
    }

    private UdpFrame frame(Outgoing packet, byte[] payload) {
        Destination to = packet.destination();
        boolean unicast = to instanceof Destination.Server;
        Ipv4 source = to instanceof Destination.Server known ? known.source() : ((Destination.Broadcast) to).source();
        Ipv4 target = to instanceof Destination.Server known ? known.server() : Ipv4.BROADCAST;
        MacAddress far = unicast ? new MacAddress(0x0200_0000_0001L) : MacAddress.BROADCAST;
        return new UdpFrame(far, hardware, source, target, 68, 67, Octets.of(payload));
    }

    private void answer(Message asked) {
        if (asked.type() == MessageType.DISCOVER) {
            reply(MessageType.OFFER, asked);
        } else if (asked.type() == MessageType.REQUEST) {
            reply(MessageType.ACK, asked);
        }
    }

    private void reply(MessageType type, Message asked) {
        given.add(server.address().bits());
        given.add(server.given().bits());
        repliedAt = loop.now();
        dead = dies && type == MessageType.ACK;
        listener.received(server.reply(type, asked, lease), server.address());
    }

    @Override
    public void hearArp(Optional<Ipv4> wanted) {
        // There are no conflicts in this network.
    }

    @Override
    public void send(ArpPacket packet) {
        record(packet.bytes());
    }

    @Override
    public void close() {
        listener = Deaf.INSTANCE;
    }

    /** Who listens when nobody does. */
    enum Deaf implements LinkListener {
        INSTANCE;

        @Override
        public void received(Message message, Ipv4 source) {}

        @Override
        public void heard(ArpPacket packet) {}

        @Override
        public void dropped(org.dhcpcanon.packet.DropReason reason) {}

        @Override
        public void identityChanged() {}

        @Override
        public void carrier(boolean present) {}

        @Override
        public void renamed(String name) {}
    }
}
