package org.dhcpcanon.client;

import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;

/** Nothing is asked for and nothing is held. */
public record Stopped() implements State {
    /** From any state: sockets closed, nothing remembered, not a word to the network. */
    static Step quietly() {
        return Step.to(new Stopped(), new Effect.Listen(Listening.NOTHING, 0), new Effect.Forget());
    }

    /**
     * A remembered lease is taken up where it was, silently, if it was granted to the address that is in use now. One that cannot be
     * taken up is over, and those who were told of it must hear so.
     */
    @Override
    public Step onStart(Event.Start start, Turn turn) {
        return start.remembered()
                .filter(lease -> isOurs(lease, turn))
                .map(lease -> turn.carrier() ? Bound.resumed(lease, turn) : Offline.holding(lease, turn))
                .orElseGet(() -> begun(start, turn)
                        .after(
                                new Effect.Forget(),
                                new Effect.Announce(
                                        start.remembered().isPresent() ? LeaseReason.EXPIRE : LeaseReason.PREINIT)));
    }

    /** INIT-REBOOT only if the administrator wants it: it shows the network where we have been (RFC 7844 §3.3). */
    private static Step begun(Event.Start start, Turn turn) {
        return start.former()
                .filter(lease -> isOurs(lease, turn) && turn.carrier())
                .map(lease -> Rebooting.begun(lease, turn))
                .orElseGet(() -> Selecting.begun(turn));
    }

    private static boolean isOurs(Lease lease, Turn turn) {
        return lease.hardware().equals(turn.hardware())
                && turn.now() < lease.times().expiresAt();
    }

    @Override
    public Step onReply(Event.Reply reply, Turn turn) {
        return switch (reply.type()) {
            case OFFER, ACK, NAK -> Step.dropped(this, DropReason.UNEXPECTED);
        };
    }

    @Override
    public Step onDeadline(Turn turn) {
        return Step.stay(this);
    }

    @Override
    public Step onCommand(Command command, Turn turn) {
        return switch (command) {
            case STOP, RELEASE, RENEW -> Step.stay(this);
        };
    }

    @Override
    public Step onAnswer(SinkAnswer answer, Turn turn) {
        return switch (answer) {
            case ACCEPTED, REFUSED, UNHEARD -> Step.stay(this);
        };
    }

    @Override
    public Step onVerdict(Verdict verdict, Turn turn) {
        return switch (verdict) {
            case FREE, CONFLICT -> Step.stay(this);
        };
    }

    @Override
    public Step onCarrier(boolean present, Turn turn) {
        return Step.stay(this);
    }

    @Override
    public long deadline() {
        return Long.MAX_VALUE;
    }
}
