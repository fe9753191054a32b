package org.dhcpcanon.client;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Options;

/**
 * How long a client has been without a lease, how often it was turned away, what it asks for, and what it still holds meanwhile.
 *
 * @param failAt when FAIL is to be told, nanoseconds on the boot clock; {@code Long.MAX_VALUE} if never, or already done
 * @param refusals NAKs since the last lease
 * @param declines addresses given back since the last lease, because somebody else has them
 * @param standing what is the same in all messages, drawn once for the whole session (RFC 2131 §3.5)
 * @param kept the lease from before the link was lost, as long as it may come back
 */
public record Search(long failAt, int refusals, int declines, Options standing, Optional<Kept> kept) {
    private static final int PAUSE_STEPS = 1000;
    private static final int LONGEST_PAUSE_SECONDS = 64;
    /** RFC 2131 §3.1 (5): at least ten seconds after a DECLINE, "to avoid excessive network traffic in case of looping". */
    private static final int DECLINE_PAUSE_SECONDS = 10;

    private static final int EQUAL_DECLINE_PAUSES = 3;
    private static final int LONGEST_DECLINE_PAUSE_SECONDS = 300;
    /** As long as a server may take to say that we are still where we were, once the link is back. */
    private static final long VERIFICATION = TimeUnit.SECONDS.toNanos(10);

    /** A lease that is in use although nobody has confirmed it since the link was lost; it is over {@code until} at the latest. */
    record Kept(Lease lease, long until) {}

    static Search begun(Turn turn) {
        return of(turn.profile().standing(turn.hardware(), turn.entropy()), turn);
    }

    /** Another search in the same session. */
    static Search resumed(Lease lost, Turn turn) {
        return of(lost.standing(), turn);
    }

    private static Search of(Options standing, Turn turn) {
        return new Search(turn.after(turn.patience()), 0, 0, standing, Optional.empty());
    }

    /** The link is lost, the lease is not yet. */
    static Search keeping(Lease lease) {
        return new Search(
                Long.MAX_VALUE,
                0,
                0,
                lease.standing(),
                Optional.of(new Kept(lease, lease.times().expiresAt())));
    }

    Search refused() {
        return new Search(failAt, refusals + 1, declines, standing, kept);
    }

    Search declined() {
        return new Search(failAt, refusals, declines + 1, standing, kept);
    }

    /**
     * FAIL was told. Whoever wants to hear it again does so as if there were ISC's pause, half to one and a half of the time that {@code
     * retry} says, and another search behind it; but we search on: what a machine's configuration says must not be seen on the wire, and
     * a lease may come sooner.
     */
    private Search failed(Turn turn) {
        if (turn.retry() == Long.MAX_VALUE || turn.patience() == Long.MAX_VALUE) {
            return settled();
        }
        long pause =
                turn.retry() / 2 + turn.retry() / PAUSE_STEPS * turn.entropy().below(PAUSE_STEPS + 1);
        return new Search(turn.after(pause + turn.patience()), refusals, declines, standing, kept);
    }

    /** Nothing is told of failures any more. */
    Search settled() {
        return new Search(Long.MAX_VALUE, refusals, declines, standing, kept);
    }

    /** The link is back: a server is asked whether the lease still holds. */
    Search verifying(Turn turn) {
        long until = turn.after(VERIFICATION);
        return new Search(
                failAt,
                refusals,
                declines,
                standing,
                kept.map(old -> new Kept(old.lease(), Math.min(old.until(), until))));
    }

    /** Nothing is held any more. */
    Search lost(Turn turn) {
        return new Search(turn.after(turn.patience()), refusals, declines, standing, Optional.empty());
    }

    Optional<Lease> held() {
        return kept.map(Kept::lease);
    }

    /** When something is to be told although nothing was heard. */
    long tellAt() {
        return Math.min(failAt, kept.map(Kept::until).orElse(Long.MAX_VALUE));
    }

    boolean isOverdue(Turn turn) {
        return turn.now() >= tellAt();
    }

    /** Tells that what was kept is over, or that there has been no lease for too long; the search goes on. */
    Step told(Turn turn, Function<Search, State> state) {
        if (kept.filter(old -> turn.now() >= old.until()).isPresent()) {
            return ended(turn, state);
        }
        return Step.to(state.apply(failed(turn)), new Effect.Announce(LeaseReason.FAIL));
    }

    /** What one says who was told of the kept lease, when the search has begun already. */
    Step answered(SinkAnswer answer, State present, Turn turn, Function<Search, State> state) {
        return switch (answer) {
            case ACCEPTED, UNHEARD -> Step.stay(present);
            case REFUSED -> kept.isPresent() ? ended(turn, state) : Step.stay(present);
        };
    }

    private Step ended(Turn turn, Function<Search, State> state) {
        return Step.to(state.apply(lost(turn)), Bound.END, new Effect.Forget());
    }

    /**
     * How long to stay quiet after a NAK, nanoseconds: not at all after the first, then 1, 2, 4 ... 64 seconds. A stranger can send
     * NAKs, and every new DISCOVER shows us again.
     */
    long refusalPause() {
        return refusals <= 1 ? 0 : doubled(1, refusals - 2, LONGEST_PAUSE_SECONDS);
    }

    /** The same after a DECLINE: a stranger can also pretend to have every address. */
    long declinePause() {
        int doublings = Math.max(declines - EQUAL_DECLINE_PAUSES, 0);
        return doubled(DECLINE_PAUSE_SECONDS, doublings, LONGEST_DECLINE_PAUSE_SECONDS);
    }

    private static long doubled(int seconds, int times, int longest) {
        return TimeUnit.SECONDS.toNanos(Math.min((long) seconds << Math.min(times, 16), longest));
    }
}
