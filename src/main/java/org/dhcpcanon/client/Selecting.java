package org.dhcpcanon.client;

import java.util.Optional;
import java.util.OptionalLong;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MalformedPacketException;

/** RFC 2131 §4.4.1: DISCOVER is out; the first offer that can be used wins. */
public record Selecting(Exchange exchange, Search search) implements State {
    /** A new search, at once: the wait of 1 to 10 seconds of RFC 2131 §4.4.1 is done by nobody and would be a fingerprint. */
    static Step begun(Turn turn) {
        return searching(Search.begun(turn), turn);
    }

    /**
     * Again before each message: it costs nothing where all is well, and a socket that could not be opened is tried anew. With an
     * address that is still in use, what a server sends there also reaches the kernel, which must find a socket or would answer with an
     * ICMP error.
     */
    static Effect listening(Exchange exchange, Search search) {
        Listening wanted = search.held().isPresent() ? Listening.RAW_AND_UDP : Listening.RAW;
        return new Effect.Listen(wanted, exchange.transactionId());
    }

    static Step searching(Search search, Turn turn) {
        if (!turn.carrier()) {
            return Offline.begun(search, turn);
        }
        Exchange exchange = Exchange.search(search.standing(), turn);
        return Step.to(new Selecting(exchange, search), listening(exchange, search), Requests.discover(exchange, turn));
    }

    @Override
    public Step onStart(Event.Start start, Turn turn) {
        return Step.stay(this);
    }

    @Override
    public Step onReply(Event.Reply reply, Turn turn) {
        return switch (reply.type()) {
            case OFFER -> request(reply, turn);
            // RFC 4039 would allow an ACK, had we asked for it; a NAK has nothing to refuse yet.
            case ACK, NAK -> Step.dropped(this, DropReason.UNEXPECTED);
        };
    }

    private Step request(Event.Reply reply, Turn turn) {
        OptionalLong pause = Grant.ipv6Only(reply, exchange);
        if (pause.isPresent()) {
            return Waiting.forIpv6(pause.getAsLong(), search, turn);
        }
        try {
            Lease offer = Grant.offered(reply, exchange, turn);
            Exchange requesting = exchange.request(turn);
            return Step.to(new Requesting(requesting, offer, search), Requests.select(requesting, offer, turn));
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
        Exchange next = exchange.again(turn, true);
        return Step.to(new Selecting(next, search), listening(next, search), Requests.discover(next, turn));
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
        return new Selecting(exchange, next);
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
