package org.dhcpcanon.unlinkability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Entropy;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.Link;
import org.dhcpcanon.runtime.LinkListener;
import org.dhcpcanon.runtime.VirtualLoop;
import org.dhcpcanon.settings.Profiles;

/**
 * All that the real client draws, in many sessions of {@code strict} one after the other. In each the first DISCOVER is lost, the second
 * gets its answer at once, and the lease is renewed at T1.
 */
final class Draws implements Link {
    static final long SECOND = 1_000_000_000L;

    private static final long LEASE = 3600;
    private static final long BEGIN = 5 * SECOND;

    /** Of each session the one of the search, then the one of the renewal. */
    final List<Integer> xids = new ArrayList<>();
    /** Of each session, nanoseconds: from the first DISCOVER to the second, less the middle. */
    final List<Long> waits = new ArrayList<>();
    /** Of each session, nanoseconds: from the REQUEST to the renewal, less half of the lease. */
    final List<Long> fuzzes = new ArrayList<>();
    /** How often each order of the first DISCOVER was followed by which one of the second. */
    final Map<String, Integer> discovers = new HashMap<>();
    /** How often each order of the parameters was together with which one of the REQUEST. */
    final Map<String, Integer> requests = new HashMap<>();

    private final VirtualLoop loop;
    private final MacAddress hardware = Machine.freshHardware();
    private final List<Outgoing> sent = new ArrayList<>();
    private final List<Long> sentAt = new ArrayList<>();
    private LinkListener listener = VirtualSession.Deaf.INSTANCE;

    private Draws(Entropy entropy) {
        loop = new VirtualLoop(BEGIN, entropy, this::open, Policy.of(Profiles.strict()));
    }

    static Draws of(Entropy entropy, int sessions) {
        Draws draws = new Draws(entropy);
        ClientRequest request = VirtualLoop.request("eth0", 1, "none", List.of());
        for (int i = 0; i < sessions; i++) {
            draws.play(request);
        }
        return draws;
    }

    private void play(ClientRequest request) {
        sent.clear();
        sentAt.clear();
        try {
            // A lease that is remembered would only be renewed.
            loop.start(request, new VirtualLoop.Disk());
        } catch (AttachRefusedException e) {
            throw new IllegalStateException(e);
        }
        loop.runUntil(loop.now() + (LEASE / 2 + 10) * SECOND);
        loop.stop(request.interfaceName());
        if (sent.size() != 4) {
            throw new AssertionError("not two DISCOVER, a REQUEST and a renewal but " + sent.size() + " messages");
        }
        record();
    }

    private void record() {
        xids.add(sent.get(0).message().transactionId());
        xids.add(sent.get(3).message().transactionId());
        waits.add(sentAt.get(1) - sentAt.get(0) - 4 * SECOND);
        fuzzes.add(sentAt.get(3) - sentAt.get(2) - LEASE / 2 * SECOND);
        discovers.merge(pair(order(sent.get(0)), order(sent.get(1))), 1, Integer::sum);
        requests.merge(pair(parameters(sent.get(2)), order(sent.get(2))), 1, Integer::sum);
    }

    /** As {@link Orders#pairs} names it. */
    private static String pair(List<Integer> one, List<Integer> other) {
        return one.toString() + other;
    }

    private static List<Integer> order(Outgoing packet) {
        return List.copyOf(packet.message().options().asMap().keySet());
    }

    private static List<Integer> parameters(Outgoing packet) {
        List<Integer> codes = new ArrayList<>();
        byte[] list = packet.message()
                .options()
                .find(Option.PARAMETER_REQUEST_LIST)
                .orElseThrow()
                .toArray();
        for (byte code : list) {
            codes.add(code & 0xff);
        }
        return codes;
    }

    @Override
    public boolean send(Outgoing packet) {
        sent.add(packet);
        sentAt.add(loop.now());
        MessageType type = packet.message().type();
        if (type == MessageType.DISCOVER && sent.size() == 2) {
            reply(MessageType.OFFER, packet);
        } else if (type == MessageType.REQUEST && packet.destination() instanceof Destination.Broadcast) {
            reply(MessageType.ACK, packet);
        }
        return true;
    }

    private void reply(MessageType type, Outgoing asked) {
        loop.after(
                0,
                () -> listener.received(
                        VirtualServer.HOME.reply(type, asked.message(), LEASE), VirtualServer.HOME.address()));
    }

    private Link open(String name, LinkListener newListener) {
        listener = newListener;
        return this;
    }

    @Override
    public MacAddress hardware() {
        return hardware;
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
    public void listen(Listening wanted, int transactionId) {
        // The answers come only when they are awaited.
    }

    @Override
    public void hearArp(Optional<Ipv4> wanted) {
        // There are no conflicts in this network.
    }

    @Override
    public void send(ArpPacket packet) {
        // What is drawn for ARP are waits, as they are elsewhere.
    }

    @Override
    public void close() {
        listener = VirtualSession.Deaf.INSTANCE;
    }
}
