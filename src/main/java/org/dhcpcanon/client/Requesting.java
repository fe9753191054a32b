package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MalformedPacketException;

/** RFC 2131 §4.4.1: an offer was chosen, REQUEST is out. */
public record Requesting(Exchange exchange, Lease offer, Search search) implements State {
    @Override
    public Step onStart(Event.Start start, Turn turn) {
        return Step.stay(this);
    }

    @Override
    public Step onReply(Event.Reply reply, Turn turn) {
        return switch (reply.type()) {
            // The first offer won; the others are not even compared, as waiting would show in the timing.
            case OFFER -> Step.dropped(this, DropReason.UNEXPECTED);
            case ACK -> acknowledged(reply, turn);
            case NAK -> refused(reply, turn);
        };
    }

    private Step acknowledged(Event.Reply reply, Turn turn) {
        try {
            Lease lease = Grant.acknowledged(reply, exchange, turn);
            Optional<DropReason> other = difference(lease);
            return other.isPresent()
                    ? Step.dropped(this, other.get())
                    : Granted.begun(lease, search, LeaseReason.BOUND, turn);
        } catch (MalformedPacketException e) {
            return Step.dropped(this, e.reason());
        }
    }

    /** The ACK must keep what the OFFER promised: the server and the address. */
    private Optional<DropReason> difference(Lease lease) {
        if (!lease.server().equals(offer.server())) {
            return Optional.of(DropReason.OTHER_SERVER);
        }
        return lease.address().equals(offer.address()) ? Optional.empty() : Optional.of(DropReason.OTHER_ADDRESS);
    }

    private Step refused(Event.Reply reply, Turn turn) {
        try {
            if (!LeaseReader.server(reply.message().options()).equals(offer.server())) {
                return Step.dropped(this, DropReason.OTHER_SERVER);
            }
            return Waiting.afterRefusal(search.refused(), turn);
        } catch (MalformedPacketException e) {
            return Step.dropped(this, e.reason());
        }
    }

    @Override
    public Step onDeadline(Turn turn) {
        if (search.isOverdue(turn)) {
            return search.told(turn, this::with);
        }
        if (turn.now() < exchange.resendAt()) {
            return Step.stay(this);
        }
        if (exchange.tries() >= turn.profile().timing().requestTries()) {
            return Selecting.searching(search, turn);
        }
        Exchange next = exchange.again(turn, false);
        return Step.to(
                new Requesting(next, offer, search),
                Selecting.listening(next, search),
                Requests.select(next, offer, turn));
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

    @Override
    public Step onCarrier(boolean present, Turn turn) {
        return present ? Step.stay(this) : Offline.begun(search, turn);
    }

    private State with(Search next) {
        return new Requesting(exchange, offer, next);
    }

    @Override
    public long deadline() {
        return Math.min(exchange.resendAt(), search.tellAt());
    }

    @Override
    public Optional<Exchange> awaited() {
        return Optional.of(exchange);
    }

    @Override
    public Optional<Lease> held() {
        return search.held();
    }

    /** What is kept must first show that it still holds. */
    @Override
    public Optional<Ipv4> claimed() {
        return Optional.empty();
    }
}
