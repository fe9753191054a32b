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
 * loses a tenth of the packets and gives leases of 10 to 60 minutes. Two hours at most. Half of all visits lose the link in the first
 * minutes, for 2 or for 60 seconds.
 */
final class VirtualSession implements Link {
    private static final long MICRO = 1_000L;
    private static final long LONGEST = 7_200_000_000_000L;
    private static final double LOSS = 0.1;
    private static final long SECOND = 1_000_000 * MICRO;
    /** Within the frames that are looked at one by one: the first lease is not renewed before. */
    private static final long LATEST_ABSENCE = 300 * SECOND;

    /** In one of so many visits the server falls silent with the first lease, so that the client renews, rebinds and searches anew. */
    private static final int DESERTED = 10;

    private static final List<Long> ABSENCES = List.of(2 * SECOND, 60 * SECOND);

    private final SplittableRandom network;
    private final double rate;
    private final long lease;
    private final VirtualLoop loop;
    private final long begin;
    private final List<Sent> sent = new ArrayList<>();
    private final Set<Integer> given = new HashSet<>();
    private MacAddress hardware = Machine.freshHardware();
    private VirtualServer server;
    private boolean carrier = true;
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
        VirtualSession session = new VirtualSession(machine, network);
        session.dies = network.nextInt(DESERTED) == 0;
        int which = network.nextInt(2 * ABSENCES.size());
        if (which < ABSENCES.size()) {
            session.loop.after(network.nextLong(LATEST_ABSENCE), () -> session.lose(ABSENCES.get(which)));
        }
        session.play(machine, LONGEST / 4 + network.nextLong(LONGEST * 3 / 4));
        return session.recording();
    }

    /** Two visits in one: meanwhile the machine takes another hardware address and goes elsewhere, with or without a link. */
    static List<Recording> moved(Machine machine, SplittableRandom network) {
        VirtualSession session = new VirtualSession(machine, network);
        List<Recording> recordings = new ArrayList<>();
        long absence = network.nextBoolean() ? 0 : ABSENCES.get(network.nextInt(ABSENCES.size()));
        session.loop.after(network.nextLong(LONGEST / 8), () -> {
            session.lose(absence);
            session.loop.after(absence / 2, () -> recordings.add(session.move()));
        });
        session.play(machine, LONGEST / 4);
        recordings.add(session.recording());
        return recordings;
    }

    private void play(Machine machine, long duration) {
        ClientRequest request = machine.request();
        try {
            loop.start(request, machine.disk);
        } catch (AttachRefusedException e) {
            throw new IllegalStateException(e);
        }
        loop.runUntil(begin + duration);
        loop.stop(request.interfaceName());
    }

    private Recording recording() {
        return new Recording(hardware, sent, given);
    }

    private void lose(long absence) {
        if (absence > 0) {
            show(false);
            loop.after(absence, () -> show(true));
        }
    }

    private void show(boolean present) {
        carrier = present;
        listener.carrier(present);
    }

    /** What was sent until now. */
    private Recording move() {
        Recording before = recording();
        sent.clear();
        given.clear();
        repliedAt = -1;
        hardware = Machine.freshHardware();
        server = VirtualServer.in(network);
        listener.identityChanged();
        return before;
    }

    private Link open(String name, LinkListener newListener) {
        listener = newListener;
        return this;
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
    public MacAddress hardware() {
        return hardware;
    }

    @Override
    public void listen(Listening wanted, int transactionId) {
        // Everything is heard; the client drops what it does not want.
    }

    @Override
    public boolean send(Outgoing packet) {
        byte[] payload = MessageWriter.write(packet.message(), packet.minimumLength());
        record(frame(packet, payload).bytes(packet.header()));
        if (!dead && network.nextDouble() >= LOSS) {
            long delay = 200 * MICRO + network.nextLong(20_000 * MICRO);
            loop.after(delay, () -> answer(packet.message()));
        }
        return true;
    }

    private void record(byte[] frame) {
        if (!carrier) {
            throw new IllegalStateException("sent without a link");
        }
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
        if (!carrier || !asked.hardware().equals(hardware)) {
            return;
        }
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
