package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;

/** RFC 2131 §4.4.5: T2 has passed; any server is asked by broadcast to extend the lease. */
public record Rebinding(Lease lease, Exchange exchange) implements State {
    static Step begun(Lease lease, Turn turn) {
        Exchange exchange = Exchange.extension(turn, lease.times().expiresAt(), lease.standing());
        return Step.to(new Rebinding(lease, exchange), listening(exchange), Requests.rebind(exchange, lease, turn));
    }

    private static Effect listening(Exchange exchange) {
        return new Effect.Listen(Listening.RAW_AND_UDP, exchange.transactionId());
    }

    @Override
    public Step onStart(Event.Start start, Turn turn) {
        return Step.stay(this);
    }

    @Override
    public Step onReply(Event.Reply reply, Turn turn) {
        return switch (reply.type()) {
            case OFFER -> Step.dropped(this, DropReason.UNEXPECTED);
            case ACK -> Extension.extended(this, lease, exchange, LeaseReason.REBIND, reply, turn);
            case NAK -> Extension.refused(lease, turn);
        };
    }

    @Override
    public Step onDeadline(Turn turn) {
        if (turn.now() >= lease.times().expiresAt()) {
            return Bound.lost(Search.resumed(lease, turn), turn);
        }
        if (turn.now() < exchange.resendAt()) {
            return Step.stay(this);
        }
        Exchange next = exchange.extendAgain(turn, lease.times().expiresAt());
        return Step.to(new Rebinding(lease, next), listening(next), Requests.rebind(next, lease, turn));
    }

    @Override
    public Step onCommand(Command command, Turn turn) {
        return switch (command) {
            case STOP -> Stopped.quietly();
            case RELEASE -> Bound.released(lease, turn);
            case RENEW -> Step.stay(this);
        };
    }

    /** A late verdict on the lease that is being rebound. */
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
        return Math.min(exchange.resendAt(), lease.times().expiresAt());
    }

    @Override
    public Optional<Exchange> awaited() {
        return Optional.of(exchange);
    }

    @Override
    public Optional<Lease> held() {
        return Optional.of(lease);
    }
}
