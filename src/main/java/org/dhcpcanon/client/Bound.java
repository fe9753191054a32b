package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;

/** RFC 2131 §4.4.5: a lease is in use, and nothing needs to be heard until T1. */
public record Bound(Lease lease) implements State {
    /** Those who were told of a lease hear that it is over. */
    static final Effect END = new Effect.Announce(LeaseReason.EXPIRE);

    /** The service was restarted: go on in silence, or do what has become due. */
    static Step resumed(Lease lease, Turn turn) {
        return due(new Bound(lease), lease, turn).after(new Effect.Listen(Listening.QUIET, 0));
    }

    /** A server has confirmed what is in use already. */
    static Step again(Lease lease, LeaseReason reason) {
        return Step.to(new Bound(lease), new Effect.Publish(reason, lease), new Effect.Listen(Listening.QUIET, 0));
    }

    /** What a lease wants at this moment; after a sleep, T1, T2 and the end may all have passed at once. */
    static Step due(State present, Lease lease, Turn turn) {
        if (turn.now() >= lease.times().expiresAt()) {
            return lost(Search.resumed(lease, turn), turn);
        }
        if (turn.now() >= lease.times().rebindAt()) {
            return Rebinding.begun(lease, turn);
        }
        return turn.now() >= lease.times().renewAt() ? Renewing.begun(lease, turn) : Step.stay(present);
    }

    /** The lease is over (RFC 2131 §4.4.5: "immediately stop any other network processing"), and the search begins again. */
    static Step lost(Search search, Turn turn) {
        return Waiting.afterRefusal(search, turn).after(END, new Effect.Forget());
    }

    static Step released(Lease lease, Turn turn) {
        return Stopped.quietly().after(Requests.release(lease, turn));
    }

    @Override
    public Step onStart(Event.Start start, Turn turn) {
        return Step.stay(this);
    }

    /** Nothing was asked. FORCERENEW (RFC 3203) does not even get here: nobody proves who sent it. */
    @Override
    public Step onReply(Event.Reply reply, Turn turn) {
        return switch (reply.type()) {
            case OFFER, ACK, NAK -> Step.dropped(this, DropReason.UNEXPECTED);
        };
    }

    @Override
    public Step onDeadline(Turn turn) {
        return due(this, lease, turn);
    }

    @Override
    public Step onCommand(Command command, Turn turn) {
        return switch (command) {
            case STOP -> Stopped.quietly();
            case RELEASE -> released(lease, turn);
            case RENEW -> Renewing.begun(lease, turn);
        };
    }

    /** The answer to RENEW or REBIND: only now is the extended lease certain to be in use. */
    @Override
    public Step onAnswer(SinkAnswer answer, Turn turn) {
        return switch (answer) {
            case ACCEPTED, UNHEARD -> Step.to(this, new Effect.Remember(lease));
            case REFUSED -> Waiting.withdrawing(lease, turn);
        };
    }

    /** Another host insists on the address that is in use (RFC 5227 §2.4). */
    @Override
    public Step onVerdict(Verdict verdict, Turn turn) {
        return switch (verdict) {
            case FREE -> Step.stay(this);
            case CONFLICT -> Waiting.withdrawing(lease, turn);
        };
    }

    @Override
    public Step onCarrier(boolean present, Turn turn) {
        return present ? Step.stay(this) : Offline.holding(lease, turn);
    }

    @Override
    public long deadline() {
        return lease.times().renewAt();
    }

    @Override
    public Optional<Lease> held() {
        return Optional.of(lease);
    }
}
