package org.dhcpcanon.runtime;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.client.Effect;
import org.dhcpcanon.client.Event;
import org.dhcpcanon.client.Exchange;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Profile;
import org.dhcpcanon.client.ReplyFilter;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.client.State;
import org.dhcpcanon.client.Step;
import org.dhcpcanon.client.Stopped;
import org.dhcpcanon.client.Turn;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;

/** One client: the machine's state, and the adapters that carry its effects out. On the loop thread. */
final class Session implements LinkListener {
    private final int number;
    private final ClientRequest request;
    private final Caller caller;
    private final Surroundings surroundings;
    private final Policy policy;
    private Link link;
    private final Publisher publisher;
    private final Claiming claiming;
    private final LeaseStore former;
    /** Messages that the kernel has taken. */
    private long sent;

    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private final ClientJournal journal;
    private final BiConsumer<Session, Exception> onDefect;
    private String interfaceName;
    private State state = new Stopped();
    private OptionalInt transactionId = OptionalInt.empty();
    private ClientView view;

    /** @throws IOException if the interface cannot be used */
    Session(
            int number,
            ClientRequest request,
            Caller caller,
            Surroundings surroundings,
            BiConsumer<Session, Exception> onDefect)
            throws IOException {
        this.number = number;
        this.request = request;
        this.caller = caller;
        this.surroundings = surroundings;
        this.policy = surroundings.policies().policyFor(request);
        this.onDefect = onDefect;
        this.interfaceName = request.interfaceName();
        this.link = surroundings.links().open(interfaceName, this);
        LeaseSink sink = surroundings.sinks().sinkFor(request, caller.scripts());
        this.publisher = new Publisher(number, surroundings, policy.routes(), sink);
        this.claiming = new Claiming(this::run, verdict -> handle(new Event.Claimed(verdict)));
        this.former = request.connection()
                .filter(connection -> policy.reboot())
                .map(surroundings.formers()::of)
                .orElse(LeaseStore.NONE);
        this.journal = new ClientJournal(surroundings.journal(), this::subject);
        this.journal.show(request.warnings());
        this.journal.show(policy.warnings());
        this.view = view();
    }

    int number() {
        return number;
    }

    Caller caller() {
        return caller;
    }

    ClientRequest request() {
        return request;
    }

    /** The client, and the exchange that the present step begins or ends, or else the one whose replies are awaited. */
    Subject subject() {
        return new Subject(interfaceName, OptionalInt.of(number), transactionId);
    }

    /** The kernel's name, as it is now: the interface may have been renamed since the request. */
    String interfaceName() {
        return interfaceName;
    }

    long deadline() {
        return Math.min(state.deadline(), claiming.deadline());
    }

    void start() {
        request.suppressed().forEach(what -> journal.write(Journal.Level.INFO, "not sent: " + what));
        journal.warnings().forEach(what -> journal.write(Journal.Level.WARNING, what));
        surroundings.watcher().appeared(view);
        handle(new Event.Start(caller.store().recall(), former.recall()));
    }

    void act() {
        claiming.act(turn());
        handle(new Event.Deadline());
    }

    void command(Command command) {
        handle(new Event.Asked(command));
    }

    /** Gives the address back, unless the administrator does not want that ever. */
    void release() {
        if (mayRelease()) {
            command(Command.RELEASE);
        } else {
            journal.write(Journal.Level.INFO, "not released: the settings say never");
        }
    }

    /** The caller has ended. An address of a machine that is about to take another hardware address is of no more use to it. */
    void leave() {
        if (policy.release() == Policy.Release.MAC_CHANGE && link.hardware().isLocallyAdministered()) {
            command(Command.RELEASE);
        }
    }

    /** Renews now, if there is something to renew and somebody to hear it. */
    Control.Outcome renew() {
        if (state.held().isEmpty()) {
            return Control.Outcome.NO_LEASE;
        }
        if (!link.hasCarrier()) {
            return Control.Outcome.NO_CARRIER;
        }
        command(Command.RENEW);
        return Control.Outcome.DONE;
    }

    boolean mayRelease() {
        return policy.release() != Policy.Release.NEVER;
    }

    Profile profile() {
        return policy.profile();
    }

    /** The lease that is in use. */
    Optional<Lease> held() {
        return state.held();
    }

    /** Stops, and lets go of everything, whatever goes wrong meanwhile; the caller is not touched. */
    void close() {
        try {
            step(new Event.Asked(Command.STOP));
        } catch (RuntimeException e) {
            journal.defect(e);
        }
        publisher.close();
        link.close();
        surroundings.watcher().gone(number);
    }

    @Override
    public void received(Message message, Ipv4 source) {
        Optional<DropReason> reason = ReplyFilter.check(message, source, state, turn(), request.rejected());
        if (reason.isPresent()) {
            dropped(reason.get());
        } else {
            handle(new Event.Reply(message));
        }
    }

    @Override
    public void dropped(DropReason reason) {
        dropped.merge(reason, 1L, Long::sum);
        journal.write(Journal.Level.DEBUG, "packet dropped: " + reason);
    }

    /** The old identity ends in this very moment, and the new one begins with a DISCOVER (RFC 7844 §2.2). */
    @Override
    public void identityChanged() {
        try {
            if (state.held().isPresent()) {
                announce(LeaseReason.EXPIRE);
            }
            step(new Event.Asked(Command.STOP));
            forgetFormer();
            link.close();
            link = surroundings.links().open(interfaceName, this);
            step(new Event.Start(Optional.empty(), Optional.empty()));
        } catch (IOException | RuntimeException e) {
            onDefect.accept(this, e);
        }
    }

    @Override
    public void carrier(boolean present) {
        journal.write(Journal.Level.INFO, present ? "link is back" : "link lost");
        handle(new Event.Carrier(present));
    }

    @Override
    public void heard(ArpPacket packet) {
        claiming.heard(packet, turn());
    }

    @Override
    public void renamed(String name) {
        journal.write(Journal.Level.INFO, "the interface is now called " + name);
        interfaceName = name;
        refreshView();
    }

    private void handle(Event event) {
        try {
            step(event);
        } catch (RuntimeException e) {
            // The state has moved on and half of the effects are missing: a client that only looks alive.
            onDefect.accept(this, e);
        }
    }

    private void step(Event event) {
        State before = state;
        Step step = event.applyTo(before, turn());
        // The state first: an effect that fails is a lost packet, not a lost step.
        state = step.next();
        transactionId = transactionId(state.awaited().or(before::awaited));
        if (event instanceof Event.Reply) {
            // Everybody on the link can see how long an answer takes.
            step.effects().forEach(this::run);
            show(before);
        } else {
            // And nothing must be left to do when the answer to what is sent now comes in.
            show(before);
            step.effects().forEach(this::run);
            refreshView();
        }
        claiming.follow(state, turn());
        transactionId = transactionId(state.awaited());
        boolean left = event instanceof Event.Asked asked && asked.command() == Command.STOP;
        if (!left && step.effects().stream().anyMatch(Effect.Forget.class::isInstance)) {
            former.forget();
        }
    }

    private static OptionalInt transactionId(Optional<Exchange> exchange) {
        return exchange.map(known -> OptionalInt.of(known.transactionId())).orElse(OptionalInt.empty());
    }

    /** The last lease of this connection is not to be asked for again. */
    void forgetFormer() {
        former.forget();
    }

    private void show(State before) {
        if (!before.title().equals(state.title())) {
            journal.write(Journal.Level.INFO, before.title() + " -> " + state.title());
        }
        refreshView();
    }

    private Turn turn() {
        OptionalLong seconds = request.failAfterSeconds();
        long patience = seconds.isPresent() ? TimeUnit.SECONDS.toNanos(seconds.getAsLong()) : Long.MAX_VALUE;
        return new Turn(
                surroundings.clock().now(),
                policy.profile(),
                link.hardware(),
                link.hasCarrier(),
                policy.probing(),
                patience,
                surroundings.entropy());
    }

    private void run(Effect effect) {
        if (effect instanceof Effect.Send send) {
            sent += link.send(send.packet()) ? 1 : 0;
        } else if (effect instanceof Effect.Listen listen) {
            link.listen(listen.wanted(), listen.transactionId());
        } else if (effect instanceof Effect.Publish publish) {
            publish(publish.reason(), publish.lease());
        } else if (effect instanceof Effect.Announce announce) {
            announce(announce.reason());
        } else if (effect instanceof Effect.Remember remember) {
            caller.store().remember(remember.lease());
            former.remember(remember.lease());
        } else if (effect instanceof Effect.Forget) {
            forget();
        } else if (effect instanceof Effect.SendArp arp) {
            link.send(arp.packet());
        } else if (effect instanceof Effect.HearArp arp) {
            link.hearArp(arp.address());
        } else if (effect instanceof Effect.Drop drop) {
            dropped(drop.reason());
        }
    }

    private void publish(LeaseReason reason, Lease lease) {
        journal.write(Journal.Level.INFO, "telling " + reason);
        publisher.publish(reason, lease, answer -> answered(lease, answer));
    }

    private void announce(LeaseReason reason) {
        journal.write(Journal.Level.INFO, "telling " + reason);
        publisher.announce(reason);
    }

    /** An answer about a lease that is not in use any more is no longer of interest. */
    private void answered(Lease lease, SinkAnswer answer) {
        if (answer == SinkAnswer.UNHEARD) {
            journal.warn("nobody has confirmed the lease");
        }
        if (state.held().filter(lease::equals).isPresent()) {
            handle(new Event.Answered(answer));
        }
    }

    private void forget() {
        publisher.forget();
        caller.store().forget();
    }

    private void refreshView() {
        view = view();
        surroundings.watcher().changed(view);
    }

    private ClientView view() {
        Optional<Lease> held = state.held();
        return new ClientView(
                number,
                interfaceName,
                state.title(),
                policy.profile().name(),
                request.route(),
                held.map(Lease::address),
                held.map(Lease::server),
                held.map(Lease::times),
                publisher.expiry(held),
                request.suppressed(),
                journal.warnings(),
                publisher.options(held),
                sent,
                dropped);
    }
}
