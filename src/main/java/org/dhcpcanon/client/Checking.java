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
    /** @param reason BOUND or REBOOT */
    static Step begun(Lease lease, Search search, LeaseReason reason) {
        return Step.to(
                new Checking(lease, search), new Effect.Publish(reason, lease), new Effect.Listen(Listening.QUIET, 0));
    }

    @Override
    public Step onStart(Event.Start start, Turn turn) {
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
