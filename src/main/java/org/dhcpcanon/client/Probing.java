package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;

/** The server has granted the lease, and all hosts are asked whether one has its address (RFC 5227 §2.1); nobody is told yet. */
public record Probing(Lease lease, Search search, LeaseReason reason) implements State {
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

    /**
     * A lease can be over before it has begun, if the machine sleeps meanwhile. That there is none for too long is not told while one is
     * being looked at; it is soon clear whether it can be used.
     */
    @Override
    public Step onDeadline(Turn turn) {
        return turn.now() < lease.times().renewAt() ? Step.stay(this) : Selecting.searching(search, turn);
    }

    @Override
    public Step onCommand(Command command, Turn turn) {
        return switch (command) {
            case STOP -> Stopped.quietly();
            case RELEASE -> Bound.released(lease, turn);
            case RENEW -> Step.stay(this);
        };
    }

    /** Nobody has been told of this lease, and what was kept before it is over. */
    @Override
    public Step onAnswer(SinkAnswer answer, Turn turn) {
        return switch (answer) {
            case ACCEPTED, REFUSED, UNHEARD -> Step.stay(this);
        };
    }

    @Override
    public Step onVerdict(Verdict verdict, Turn turn) {
        return switch (verdict) {
            case FREE -> Checking.begun(lease, search, reason);
            case CONFLICT -> Waiting.declining(lease, search, turn);
        };
    }

    /** What the hosts of one link say does not hold for the next. */
    @Override
    public Step onCarrier(boolean present, Turn turn) {
        return present ? Step.stay(this) : Offline.begun(search, turn);
    }

    @Override
    public long deadline() {
        return lease.times().renewAt();
    }

    @Override
    public Optional<Ipv4> claimed() {
        return Optional.of(lease.address());
    }
}
