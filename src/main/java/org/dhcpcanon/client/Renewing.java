package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;

/** RFC 2131 §4.4.5: T1 has passed; the server is asked by unicast to extend the lease. */
public record Renewing(Lease lease, Exchange exchange) implements State {
    static Step begun(Lease lease, Turn turn) {
        Exchange exchange = Exchange.extension(turn, lease.times().rebindAt(), lease.standing());
        return Step.to(new Renewing(lease, exchange), listening(exchange), Requests.renew(exchange, lease, turn));
    }

    /** Who gets no answer hears by the packet socket as well: a firewall of this machine may drop what comes in. */
    private static Effect listening(Exchange exchange) {
        Listening wanted = exchange.tries() > 1 ? Listening.RAW_AND_UDP : Listening.UDP;
        return new Effect.Listen(wanted, exchange.transactionId());
    }

    @Override
    public Step onStart(Event.Start start, Turn turn) {
        return Step.stay(this);
    }

    @Override
    public Step onReply(Event.Reply reply, Turn turn) {
        if (!Extension.server(reply).equals(lease.server())) {
            return Step.dropped(this, DropReason.OTHER_SERVER);
        }
        return switch (reply.type()) {
            case OFFER -> Step.dropped(this, DropReason.UNEXPECTED);
            case ACK -> Extension.extended(this, lease, exchange, LeaseReason.RENEW, reply, turn);
            case NAK -> Extension.refused(lease, turn);
        };
    }

    @Override
    public Step onDeadline(Turn turn) {
        if (turn.now() >= lease.times().rebindAt()) {
            return Bound.due(this, lease, turn);
        }
        if (turn.now() < exchange.resendAt()) {
            return Step.stay(this);
        }
        Exchange next = exchange.extendAgain(turn, lease.times().rebindAt());
        return Step.to(new Renewing(lease, next), listening(next), Requests.renew(next, lease, turn));
    }

    @Override
    public Step onCommand(Command command, Turn turn) {
        return switch (command) {
            case STOP -> Stopped.quietly();
            case RELEASE -> Bound.released(lease, turn);
            case RENEW -> Step.stay(this);
        };
    }

    /** A late verdict on the lease that is being renewed. */
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
        return Math.min(exchange.resendAt(), lease.times().rebindAt());
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
