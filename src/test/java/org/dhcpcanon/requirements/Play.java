package org.dhcpcanon.requirements;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.dhcpcanon.audit.Frame;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.RoutePolicy;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.LeaseNews;
import org.dhcpcanon.runtime.LeaseSink;
import org.dhcpcanon.runtime.VirtualLoop;

/**
 * One machine on one wire: the whole client as the service runs it, on a clock that goes where the play says, with a server that does
 * what the play says. Every hardware address is given an address of its own, so that one that is used under another would be seen.
 */
final class Play {
    static final int LEASE = 3600;
    static final long SECOND = 1_000_000_000L;
    private static final String INTERFACE = "eth0";

    /** What the client did not do by itself. */
    enum Cue {
        START,
        RESTART,
        LINK_BACK,
        HARDWARE,
        REFUSED,
        RELEASE,
        ACCEPTED;

        /** Whether a client begins with it. */
        boolean begins() {
            return this == START || this == RESTART || this == HARDWARE;
        }
    }

    /**
     * When it was.
     *
     * @param sent how many messages had been sent
     * @param frames how many frames there had been
     * @param identity which of the hardware addresses counts from then on
     * @param listening whether a client that is begun or running can be heard
     */
    record Moment(Cue cue, long at, int sent, int frames, int identity, boolean listening) {}

    final String title;
    final Wire wire;
    final List<Moment> moments = new ArrayList<>();
    /** What NetworkManager was told. */
    final List<LeaseNews> news = new ArrayList<>();

    private final SplittableRandom random;
    private final Store former = new Store();
    private Visitor caller = new Visitor();
    private Policy policy;
    private boolean agreeing = true;
    private Optional<Consumer<SinkAnswer>> pending = Optional.empty();
    private VirtualLoop loop;

    /** @param number of this play among all whose frames are looked at together, 0..65535 */
    Play(String title, int number, Policy policy) {
        this.title = title;
        this.policy = policy;
        random = new SplittableRandom(number);
        loop = loop(random.nextLong(86_400 * SECOND));
        wire = new Wire(title, number, random, () -> loop);
    }

    private VirtualLoop loop(long now) {
        return new VirtualLoop(
                now,
                random::nextInt,
                (name, listener) -> wire.plug(listener),
                (request, scripts) -> new Sink(),
                policy,
                connection -> former);
    }

    String state() {
        return loop.state();
    }

    long now() {
        return loop.now();
    }

    /** As NetworkManager does it for a connection. */
    Play start() {
        return begun(Cue.START);
    }

    private void mark(Cue cue) {
        moment(cue, hardwares().size() - 1, true);
    }

    private void moment(Cue cue, int identity, boolean running) {
        boolean listening = running && wire.hasCarrier();
        moments.add(new Moment(cue, now(), sent().size(), frames().size(), identity, listening));
    }

    private Play begun(Cue cue) {
        mark(cue);
        try {
            loop.start(VirtualLoop.request(INTERFACE, 4711, "connection", List.of("host-name (12)")), caller);
        } catch (AttachRefusedException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** The service is killed, and the next one finds what it kept. */
    Play restart() {
        loop = loop(now());
        pending = Optional.empty();
        wire.unplug();
        return begun(Cue.RESTART);
    }

    /** NetworkManager ends its client, and the connection is used again later. */
    Play reconnect() {
        loop.callerEnded(caller);
        caller = new Visitor();
        return after(30).start();
    }

    Play stop() {
        loop.stop(INTERFACE);
        return this;
    }

    Play release() {
        mark(Cue.RELEASE);
        loop.release(INTERFACE);
        return this;
    }

    /** From now on we find out ourselves whether an address is free. */
    Play probing() {
        return with(new Policy(policy.profile(), RoutePolicy.ALL, policy.release(), true, policy.reboot(), List.of()));
    }

    /** From the next start on the last lease is asked for again. */
    Play rebooting() {
        return with(new Policy(policy.profile(), RoutePolicy.ALL, policy.release(), policy.probing(), true, List.of()));
    }

    private Play with(Policy other) {
        policy = other;
        loop = loop(now());
        return this;
    }

    /** From now on it is not said whether an address is in use. */
    Play undecided() {
        agreeing = false;
        return this;
    }

    /** NetworkManager finds the address in use by another host, or not. */
    Play answer(SinkAnswer answer) {
        Optional<Consumer<SinkAnswer>> asked = pending;
        pending = Optional.empty();
        mark(answer == SinkAnswer.REFUSED ? Cue.REFUSED : Cue.ACCEPTED);
        asked.ifPresent(one -> one.accept(answer));
        return this;
    }

    Play offer() {
        return reply(MessageType.OFFER);
    }

    Play ack() {
        return reply(MessageType.ACK);
    }

    Play reply(MessageType type) {
        after(0.003);
        wire.reply(type);
        if (type == MessageType.NAK) {
            wire.otherAddress();
        }
        return this;
    }

    Play lease() {
        return offer().ack();
    }

    /** Time passes, and the client does what is due. */
    Play after(double seconds) {
        loop.runUntil(now() + (long) (seconds * SECOND));
        return this;
    }

    /** Time passes, and the machine sleeps. */
    Play asleep(double seconds) {
        loop.sleep((long) (seconds * SECOND));
        return after(0);
    }

    /** Straight to what is due next; nothing if nothing is. */
    Play due() {
        long next = loop.deadline();
        if (next < Long.MAX_VALUE - 1) {
            loop.runUntil(Math.max(next, now()));
        }
        return this;
    }

    /** Nobody has the address, where that is still being found out. */
    Play free() {
        for (int i = 0; i < 10 && state().equals("probing"); i++) {
            due();
        }
        return this;
    }

    /** Goes on until NetworkManager is asked whether a lease can be used, and leaves it without an answer. */
    Play untilAsked() {
        agreeing = false;
        for (int i = 0; i < 60 && pending.isEmpty(); i++) {
            settleOnce();
        }
        return this;
    }

    /** Until that state, or as long as there is something to do. */
    Play until(String wanted) {
        for (int i = 0; i < 60 && !state().equals(wanted); i++) {
            due();
        }
        return this;
    }

    Play carrier(boolean present) {
        if (present) {
            mark(Cue.LINK_BACK);
        }
        wire.carrier(present);
        return this;
    }

    Play hardware() {
        moment(Cue.HARDWARE, hardwares().size(), !state().equals("stopped"));
        wire.otherHardware();
        return this;
    }

    /** Another host says that it has the address; twice, as it insists. */
    Play conflict() {
        wire.arp(new ArpPacket(ArpPacket.REPLY, Wire.STRANGER, wire.address(), wire.hardware(), wire.address()));
        after(0.5);
        wire.arp(new ArpPacket(ArpPacket.REPLY, Wire.STRANGER, wire.address(), wire.hardware(), wire.address()));
        return this;
    }

    /** The network does all that it is asked, until the client is at rest; then a renewal. */
    Play settle() {
        agreeing = true;
        if (pending.isPresent()) {
            answer(SinkAnswer.ACCEPTED);
        }
        for (int i = 0; i < 60 && !state().equals("bound"); i++) {
            settleOnce();
        }
        return due().ack().after(1);
    }

    private void settleOnce() {
        switch (state()) {
            case "stopped" -> start();
            case "selecting" -> offer();
            case "requesting", "rebooting", "renewing", "rebinding" -> ack();
            case "offline" -> carrier(true);
            default -> due();
        }
    }

    List<Packet> sent() {
        return wire.sent;
    }

    List<Frame> frames() {
        return wire.frames;
    }

    List<MacAddress> hardwares() {
        return wire.hardwares;
    }

    @Override
    public String toString() {
        return title;
    }

    /** NetworkManager, as far as a client sees it. */
    private final class Sink implements LeaseSink {
        @Override
        public void tell(LeaseNews told, Consumer<SinkAnswer> answer) {
            news.add(told);
            boolean lease = !told.options().isEmpty();
            if (lease && !agreeing) {
                pending = Optional.of(answer);
            } else {
                answer.accept(SinkAnswer.ACCEPTED);
            }
        }

        @Override
        public void close() {
            pending = Optional.empty();
        }
    }
}
