package org.dhcpcanon.client;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;

/** Nothing is held, and the next search begins after a pause. */
public record Waiting(long until, Search search, Cause cause) implements State {
    /** What the client waits for. */
    enum Cause {
        REFUSED,
        DECLINED,
        IPV6_ONLY
    }

    /** RFC 8925 §3.4: V6ONLY_WAIT is no less than 300 seconds. */
    private static final long SHORTEST_IPV6_ONLY = 300;
    /** A stranger can send an offer that says so; it must not take the address away for good. */
    private static final long LONGEST_IPV6_ONLY = 3600;

    /** The pause that the refusals so far ask for; none after the first, so that a moved laptop is served at once. */
    static Step afterRefusal(Search search, Turn turn) {
        long pause = search.refusalPause();
        if (pause == 0) {
            return Selecting.searching(search, turn);
        }
        return Step.to(new Waiting(turn.after(pause), search, Cause.REFUSED), new Effect.Listen(Listening.NOTHING, 0));
    }

    /** The address is somebody else's. */
    static Step declining(Lease lease, Search search, Turn turn) {
        Search next = search.declined();
        return Step.to(
                new Waiting(turn.after(next.declinePause()), next, Cause.DECLINED),
                Requests.decline(lease, turn),
                new Effect.Listen(Listening.NOTHING, 0),
                new Effect.Forget());
    }

    /** The address turns out to be somebody else's although it was in use already. */
    static Step withdrawing(Lease lease, Turn turn) {
        return declining(lease, Search.resumed(lease, turn), turn).after(Bound.END);
    }

    /**
     * RFC 8925 §3.2: this network would rather not give out IPv4 addresses, and we have asked whether that is so.
     *
     * @param seconds V6ONLY_WAIT as the server says it
     */
    static Step forIpv6(long seconds, Search search, Turn turn) {
        long pause = Math.min(Math.max(seconds, SHORTEST_IPV6_ONLY), LONGEST_IPV6_ONLY);
        Waiting waiting = new Waiting(
                turn.after(TimeUnit.SECONDS.toNanos(pause)), search.lost(turn).settled(), Cause.IPV6_ONLY);
        Step step = Step.to(waiting, new Effect.Announce(LeaseReason.V6ONLY), new Effect.Listen(Listening.NOTHING, 0));
        return search.held().isPresent() ? step.after(Bound.END, new Effect.Forget()) : step;
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
        if (search.isOverdue(turn)) {
            return search.told(turn, this::with);
        }
        return turn.now() < until ? Step.stay(this) : Selecting.searching(search, turn);
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

    /** A pause that keeps us from flooding a network holds although the link is lost; one that a network wished ends with it. */
    @Override
    public Step onCarrier(boolean present, Turn turn) {
        return switch (cause) {
            case REFUSED, DECLINED -> Step.stay(this);
            case IPV6_ONLY -> present ? Step.stay(this) : Offline.begun(search, turn);
        };
    }

    private State with(Search next) {
        return new Waiting(until, next, cause);
    }

    @Override
    public long deadline() {
        return Math.min(until, search.tellAt());
    }

    @Override
    public Optional<Lease> held() {
        return search.held();
    }
}
