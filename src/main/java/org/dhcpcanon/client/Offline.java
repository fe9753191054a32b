package org.dhcpcanon.client;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;

/**
 * Packets do not get through, so none is sent. Whether the link comes back to the same network cannot be known without telling the
 * new one about the old (RFC 7844 §3.3, RFC 4436 is not used for that), so that it is always followed by a whole new exchange; a
 * lease that was in use is kept through a short absence, until that exchange has shown what it is worth.
 *
 * @param since when the link was lost, nanoseconds on the boot clock
 */
public record Offline(long since, Search search) implements State {
    /** A cable that sits badly, a change of access point: nobody carries a laptop elsewhere meanwhile. */
    private static final long SHORT = TimeUnit.SECONDS.toNanos(10);

    static Step begun(Search search, Turn turn) {
        Listening wanted = search.held().isPresent() ? Listening.QUIET : Listening.NOTHING;
        return Step.to(new Offline(turn.now(), search), new Effect.Listen(wanted, 0));
    }

    /** The lease runs on, as nobody has ended it. */
    static Step holding(Lease lease, Turn turn) {
        return begun(Search.keeping(lease), turn);
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

    @Override
    public Step onDeadline(Turn turn) {
        return search.isOverdue(turn) ? search.told(turn, this::with) : Step.stay(this);
    }

    /** What could be said to the server would not get there. */
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
        if (!present) {
            return Step.stay(this);
        }
        if (search.kept().isEmpty()) {
            return Selecting.begun(turn);
        }
        return turn.now() - since <= SHORT
                ? Selecting.searching(search.verifying(turn), turn)
                : Selecting.begun(turn).after(Bound.END, new Effect.Forget());
    }

    private State with(Search next) {
        return new Offline(since, next);
    }

    @Override
    public long deadline() {
        return search.tellAt();
    }

    @Override
    public Optional<Lease> held() {
        return search.held();
    }

    /** Nobody can be asked, and nothing defended. */
    @Override
    public Optional<Ipv4> claimed() {
        return Optional.empty();
    }
}
