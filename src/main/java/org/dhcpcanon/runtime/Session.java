package org.dhcpcanon.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
    private final CallerNews news;
    private final Surroundings surroundings;
    private final Policy policy;
    private final List<String> suppressed;
    private Link link;
    private final Publisher publisher;
    private final Claiming claiming;
    private final Memory memory;
    private final Traffic traffic = new Traffic();
    private final ClientJournal journal;
    private final BiConsumer<Session, Exception> onDefect;
    private String interfaceName;
    private boolean begun;
    private State state = new Stopped();
    private Optional<Exchange> exchange = Optional.empty();
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
        this.news = new CallerNews(caller, surroundings.clock());
        this.surroundings = surroundings;
        this.policy = surroundings.policies().policyFor(request);
        this.suppressed = request.suppressed(policy.profile());
        this.onDefect = onDefect;
        this.interfaceName = request.interfaceName();
        this.link = surroundings.links().open(interfaceName, this);
        LeaseSink sink = surroundings.sinks().sinkFor(request, caller.scripts());
        this.publisher = new Publisher(number, surroundings, policy.routes(), request.wishes(), sink);
        this.claiming = new Claiming(this::run, verdict -> handle(new Event.Claimed(verdict)));
        this.memory = Memory.of(caller, request, policy, surroundings.formers());
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
        return Subject.of(interfaceName, number, exchange);
    }

    /** The kernel's name, as it is now: the interface may have been renamed since the request. */
    String interfaceName() {
        return interfaceName;
    }

    long deadline() {
        return Math.min(state.deadline(), claiming.deadline());
    }

    void start() {
        suppressed.forEach(what -> journal.write(Journal.Level.INFO, "not sent: " + what));
        journal.warnings().forEach(what -> journal.write(Journal.Level.WARNING, what));
        surroundings.watcher().appeared(view);
        if (publisher.configures() && !memory.hasLease()) {
            // Whoever makes the interface ready may give it another hardware address: nothing is sent under this one.
            publisher.prepare(this::begin);
        } else {
            begin();
        }
    }

    private void begin() {
        begun = true;
        handle(memory.start());
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
        stop();
        publisher.close();
        surroundings.watcher().gone(number);
    }

    /**
     * Ends because somebody wants it, which whoever configures the interface hears.
     *
     * @param command STOP or RELEASE
     */
    void conclude(Command command, Runnable concluded) {
        SortedMap<String, String> old = options();
        if (command == Command.RELEASE) {
            release();
        }
        stop();
        publisher.conclude(command == Command.RELEASE ? LeaseReason.RELEASE : LeaseReason.STOP, old, concluded);
        surroundings.watcher().gone(number);
    }

    private void stop() {
        try {
            step(new Event.Asked(Command.STOP));
        } catch (RuntimeException e) {
            journal.defect(e);
        }
        link.close();
    }

    /** What the lease that is in use holds, as {@link LeaseNews#options}; empty without one. */
    SortedMap<String, String> options() {
        return publisher.options(state.held());
    }

    @Override
    public void received(Message message, Ipv4 source) {
        Optional<DropReason> reason = ReplyFilter.check(
                message,
                source,
                state,
                turn(),
                request.rejected(),
                request.wishes().required());
        if (reason.isPresent()) {
            dropped(reason.get());
        } else {
            caller.received(message, source);
            handle(new Event.Reply(message));
        }
    }

    @Override
    public void dropped(DropReason reason) {
        traffic.dropped(reason);
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
            if (begun) {
                step(new Event.Start(Optional.empty(), Optional.empty()));
            }
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
        publisher.renamed(name);
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
        exchange = state.awaited().or(before::awaited);
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
        exchange = state.awaited();
        if (event instanceof Event.Start) {
            news.bound(state.held());
        }
        boolean left = event instanceof Event.Asked asked && asked.command() == Command.STOP;
        if (!left && step.effects().stream().anyMatch(Effect.Forget.class::isInstance)) {
            memory.forgetFormer();
        }
    }

    /** The last lease of this connection is not to be asked for again. */
    void forgetFormer() {
        memory.forgetFormer();
    }

    private void show(State before) {
        if (!before.title().equals(state.title())) {
            journal.write(Journal.Level.INFO, before.title() + " -> " + state.title());
        }
        refreshView();
    }

    private Turn turn() {
        return surroundings.turn(policy, request, link);
    }

    private void run(Effect effect) {
        if (effect instanceof Effect.Send send) {
            traffic.left(link.send(send.packet()));
            news.sent(interfaceName, send.packet(), state.deadline());
        } else if (effect instanceof Effect.Listen listen) {
            link.listen(listen.wanted(), listen.transactionId());
        } else if (effect instanceof Effect.Publish publish) {
            publish(publish.reason(), publish.lease());
        } else if (effect instanceof Effect.Announce announce) {
            announce(announce.reason());
        } else if (effect instanceof Effect.Remember remember) {
            memory.remember(remember.lease(), publisher.entry(interfaceName, remember.lease()));
        } else if (effect instanceof Effect.Forget) {
            publisher.forget();
            memory.forget();
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
        if (reason == LeaseReason.PREINIT && publisher.configures()) {
            // Told before the first step; not again under a new identity, which may be what it has brought.
            return;
        }
        journal.write(Journal.Level.INFO, "telling " + reason);
        publisher.announce(reason, () -> news.told(reason));
    }

    /** An answer about a lease that is not in use any more is no longer of interest. */
    private void answered(Lease lease, SinkAnswer answer) {
        if (answer == SinkAnswer.UNHEARD) {
            journal.warn("nobody has confirmed the lease");
        }
        if (state.held().filter(lease::equals).isPresent()) {
            handle(new Event.Answered(answer));
            news.bound(state.held());
        }
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
                suppressed,
                journal.warnings(),
                publisher.options(held),
                traffic.sent(),
                traffic.dropped());
    }
}
