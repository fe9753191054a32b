package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.settings.Profiles;

/** Drives the machine alone, in virtual time: nothing waits, and the clock goes where the script says. */
final class Script {
    static final long BEGIN = TimeUnit.HOURS.toNanos(5);

    private final Entropy entropy;
    private final Profile profile;
    private final long patience;
    private long now = BEGIN;
    private State state = new Stopped();
    private List<Effect> effects = List.of();
    private int xid;
    private Optional<Lease> remembered = Optional.empty();
    private boolean carrier = true;
    private boolean probing;
    private long retry = Long.MAX_VALUE;

    private Script(Entropy entropy, Profile profile, long patience) {
        this.entropy = entropy;
        this.profile = profile;
        this.patience = patience;
    }

    static Script strict() {
        return strict(1);
    }

    static Script strict(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Script(random::nextInt, Profiles.strict(), Long.MAX_VALUE);
    }

    static Script of(Profile profile) {
        return of(profile, 1);
    }

    static Script of(Profile profile, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Script(random::nextInt, profile, Long.MAX_VALUE);
    }

    static Script impatient(long seconds) {
        SplittableRandom random = new SplittableRandom(1);
        return new Script(random::nextInt, Profiles.strict(), TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Bound to a lease of that many seconds, with the sink's consent. */
    static Script bound(long seconds) {
        Script script = strict().start();
        script.offer(seconds).ack(seconds).answer(SinkAnswer.ACCEPTED).expectState("bound");
        return script;
    }

    Script apply(Event event) {
        Step step = event.applyTo(state, turn());
        state = step.next();
        effects = step.effects();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                xid = send.packet().message().transactionId();
            } else if (effect instanceof Effect.Remember remember) {
                remembered = Optional.of(remember.lease());
            } else if (effect instanceof Effect.Forget) {
                remembered = Optional.empty();
            }
        }
        // Otherwise the loop would spin.
        boolean spins = event instanceof Event.Deadline && effects.isEmpty() && state.deadline() <= now;
        assertFalse(spins, "a deadline in the past and nothing done about it");
        return this;
    }

    Turn turn() {
        return new Turn(now, profile, Replies.HARDWARE, carrier, probing, patience, retry, entropy);
    }

    Script start() {
        return apply(new Event.Start(Optional.empty(), Optional.empty()));
    }

    Script restart() {
        return restartWith(remembered);
    }

    /** The service died, and this is what the next one finds. */
    Script restartWith(Optional<Lease> lease) {
        state = new Stopped();
        return apply(new Event.Start(lease, Optional.empty()));
    }

    /** From before: the last lease of this connection. */
    Script reboot(Lease former) {
        return apply(new Event.Start(Optional.empty(), Optional.of(former)));
    }

    /** From now on the client finds out itself whether an address is free. */
    Script probing() {
        probing = true;
        return this;
    }

    /** From now on FAIL is told again after about so many seconds. */
    Script retrying(long seconds) {
        retry = TimeUnit.SECONDS.toNanos(seconds);
        return this;
    }

    Script verdict(Verdict verdict) {
        return apply(new Event.Claimed(verdict));
    }

    Script carrier(boolean present) {
        carrier = present;
        return apply(new Event.Carrier(present));
    }

    boolean hasCarrier() {
        return carrier;
    }

    /** Before anything happens. */
    Script withoutCarrier() {
        carrier = false;
        return this;
    }

    /** Time passes, and nobody looks at the clock. */
    Script unwatched(double seconds) {
        now += (long) (seconds * 1e9);
        return this;
    }

    Script offer(long seconds) {
        return reply(Replies.offer(xid, seconds));
    }

    Script ack(long seconds) {
        return reply(Replies.ack(xid, seconds));
    }

    Script nak() {
        return reply(Replies.nak(xid));
    }

    Script reply(Message message) {
        return apply(new Event.Reply(message));
    }

    Script answer(SinkAnswer answer) {
        return apply(new Event.Answered(answer));
    }

    Script command(Command command) {
        return apply(new Event.Asked(command));
    }

    /** Time passes; the state is asked at this moment, whether or not its deadline has come. */
    Script later(double seconds) {
        now += (long) (seconds * 1e9);
        return apply(new Event.Deadline());
    }

    /** Straight to the deadline. */
    Script due() {
        now = state.deadline();
        return apply(new Event.Deadline());
    }

    /** How long until the deadline, in seconds. */
    double untilDeadline() {
        return (state.deadline() - now) / 1e9;
    }

    double sinceBegin() {
        return (now - BEGIN) / 1e9;
    }

    Script expectState(String title) {
        assertEquals(title, state.title());
        return this;
    }

    Script expectSilence() {
        assertEquals(List.of(), sent());
        return this;
    }

    Script expectEffects(String... names) {
        assertEquals(List.of(names), effects.stream().map(Script::name).toList());
        return this;
    }

    Outgoing expectSent(MessageType type) {
        List<Outgoing> sent = sent();
        assertEquals(1, sent.size(), () -> "sent: " + sent);
        assertEquals(type, sent.get(0).message().type());
        return sent.get(0);
    }

    List<Outgoing> sent() {
        List<Outgoing> sent = new ArrayList<>();
        effects.forEach(effect -> {
            if (effect instanceof Effect.Send send) {
                sent.add(send.packet());
            }
        });
        return sent;
    }

    State state() {
        return state;
    }

    int xid() {
        return xid;
    }

    Optional<Lease> remembered() {
        return remembered;
    }

    List<Effect> effects() {
        return effects;
    }

    /** One word an effect, as in the table of states. */
    static String name(Effect effect) {
        if (effect instanceof Effect.Send send) {
            String to = send.packet().destination() instanceof Destination.Server ? " to server" : "";
            return send.packet().message().type() + to;
        } else if (effect instanceof Effect.Listen listen) {
            return "listen " + listen.wanted();
        } else if (effect instanceof Effect.Publish publish) {
            return "tell " + publish.reason();
        } else if (effect instanceof Effect.Announce announce) {
            return "tell " + announce.reason();
        } else if (effect instanceof Effect.Drop drop) {
            return "drop " + drop.reason();
        }
        if (effect instanceof Effect.SendArp arp) {
            return arp.packet().senderProtocol().equals(Ipv4.ANY) ? "probe" : "announce";
        } else if (effect instanceof Effect.HearArp arp) {
            return arp.address().isPresent() ? "hear ARP" : "hear no ARP";
        }
        return effect instanceof Effect.Forget ? "forget" : "remember";
    }
}
