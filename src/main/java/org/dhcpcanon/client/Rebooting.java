package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.MalformedPacketException;

/** RFC 2131 §4.4.2 (INIT-REBOOT): the last lease in this network is asked for again, as the administrator wants it. */
public record Rebooting(Exchange exchange, Lease former, Search search) implements State {
    static Step begun(Lease former, Turn turn) {
        Search search = Search.begun(turn);
        Exchange exchange = Exchange.search(search.standing(), turn);
        return Step.to(
                new Rebooting(exchange, former, search),
                Selecting.listening(exchange, search),
                Requests.reboot(exchange, former, turn));
    }

    @Override
    public Step onStart(Event.Start start, Turn turn) {
        return Step.stay(this);
    }

    @Override
    public Step onReply(Event.Reply reply, Turn turn) {
        return switch (reply.type()) {
            case OFFER -> Step.dropped(this, DropReason.UNEXPECTED);
            case ACK -> acknowledged(reply, turn);
            case NAK -> refused(reply, turn);
        };
    }

    private Step acknowledged(Event.Reply reply, Turn turn) {
        try {
            Lease lease = Grant.acknowledged(reply, exchange, turn);
            return lease.address().equals(former.address())
                    ? Granted.begun(lease, search, LeaseReason.REBOOT, turn)
                    : Step.dropped(this, DropReason.OTHER_ADDRESS);
        } catch (MalformedPacketException e) {
            return Step.dropped(this, e.reason());
        }
    }

    /** RFC 2131 §4.3.2: a server that knows better; it need not be the one of the lease. */
    private Step refused(Event.Reply reply, Turn turn) {
        try {
            LeaseReader.server(reply.message().options());
            return Waiting.afterRefusal(search.refused(), turn).after(new Effect.Forget());
        } catch (MalformedPacketException e) {
            return Step.dropped(this, e.reason());
        }
    }

    /** RFC 2131 §4.4.2 would let us use the lease on without an answer: in another network, that is somebody else's address. */
    @Override
    public Step onDeadline(Turn turn) {
        if (search.isOverdue(turn)) {
            return search.told(turn, this::with);
        }
        if (turn.now() < exchange.resendAt()) {
            return Step.stay(this);
        }
        if (exchange.tries() >= turn.profile().timing().requestTries()) {
            return Selecting.searching(search, turn).after(new Effect.Forget());
        }
        Exchange next = exchange.again(turn, true);
        return Step.to(
                new Rebooting(next, former, search),
                Selecting.listening(next, search),
                Requests.reboot(next, former, turn));
    }

    @Override
    public Step onCommand(Command command, Turn turn) {
        return switch (command) {
            case STOP, RELEASE -> Stopped.quietly();
            case RENEW -> Step.stay(this);
        };
    }

    @Override
    public Step onAnswer(SinkAnswer answer, Turn turn) {
        return search.answered(answer, this, turn, this::with);
    }

    @Override
    public Step onVerdict(Verdict verdict, Turn turn) {
        return switch (verdict) {
            case FREE, CONFLICT -> Step.stay(this);
        };
    }

    /** The next link may be another network: no old address is told there. */
    @Override
    public Step onCarrier(boolean present, Turn turn) {
        return present ? Step.stay(this) : Offline.begun(search, turn).after(new Effect.Forget());
    }

    private State with(Search next) {
        return new Rebooting(exchange, former, next);
    }

    @Override
    public long deadline() {
        return Math.min(exchange.resendAt(), search.tellAt());
    }

    @Override
    public Optional<Exchange> awaited() {
        return Optional.of(exchange);
    }
}
