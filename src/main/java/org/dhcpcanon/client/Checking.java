package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;

/**
 * The server has granted the lease, and the one who was told may still find the address in use (RFC 2131 §3.1 (5)):
 * NetworkManager probes before it answers. Nothing is remembered yet, so that a restarted service does not take for granted
 * what nobody has confirmed.
 */
public record Checking(Lease lease, Search search) implements State {
    static Step begun(Lease lease, Search search) {
        return Step.to(
                new Checking(lease, search),
                new Effect.Publish(LeaseReason.BOUND, lease),
                new Effect.Listen(Listening.QUIET, 0));
    }

    @Override
    public Step onStart(Optional<Lease> remembered, Turn turn) {
        return Step.stay(this);
    }

    @Override
    public Step onReply(Event.Reply reply, Turn turn) {
        return switch (reply.type()) {
            case OFFER, ACK, NAK -> Step.dropped(this, DropReason.UNEXPECTED);
        };
    }

    /** The lease runs, whether or not the verdict has come. */
    @Override
    public Step onDeadline(Turn turn) {
        return Bound.due(this, lease, turn);
    }

    @Override
    public Step onCommand(Command command, Turn turn) {
        return switch (command) {
            case STOP -> Stopped.quietly();
            case RELEASE -> Bound.released(lease, turn);
            case RENEW -> Step.stay(this);
        };
    }

    @Override
    public Step onAnswer(SinkAnswer answer, Turn turn) {
        return switch (answer) {
            case ACCEPTED, UNHEARD -> Step.to(new Bound(lease), new Effect.Remember(lease));
            case REFUSED -> Waiting.declining(lease, search, turn);
        };
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
