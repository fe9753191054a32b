package org.dhcpcanon.client;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;

/** Nothing is held, and the next search begins after a pause. */
public record Waiting(long until, Search search) implements State {
    /** RFC 2131 §3.1 (5): at least ten seconds after a DECLINE, "to avoid excessive network traffic in case of looping". */
    private static final long AFTER_DECLINE = TimeUnit.SECONDS.toNanos(10);

    /** The pause that the refusals so far ask for; none after the first, so that a moved laptop is served at once. */
    static Step afterRefusal(Search search, Turn turn) {
        long pause = search.pause();
        if (pause == 0) {
            return Selecting.searching(search, turn);
        }
        return Step.to(new Waiting(turn.after(pause), search), new Effect.Listen(Listening.NOTHING, 0));
    }

    /** The address is somebody else's. */
    static Step declining(Lease lease, Search search, Turn turn) {
        return Step.to(
                new Waiting(turn.after(AFTER_DECLINE), search),
                Requests.decline(lease, turn),
                new Effect.Listen(Listening.NOTHING, 0),
                new Effect.Forget());
    }

    /** The address turns out to be somebody else's although it was in use already. */
    static Step withdrawing(Lease lease, Turn turn) {
        return declining(lease, Search.resumed(lease, turn), turn).after(new Effect.Announce(LeaseReason.EXPIRE));
    }

    @Override
    public Step onStart(Optional<Lease> remembered, Turn turn) {
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
            return Step.to(new Waiting(until, search.failed()), new Effect.Announce(LeaseReason.FAIL));
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
        return switch (answer) {
            case ACCEPTED, REFUSED, UNHEARD -> Step.stay(this);
        };
    }

    @Override
    public long deadline() {
        return Math.min(until, search.failAt());
    }
}
