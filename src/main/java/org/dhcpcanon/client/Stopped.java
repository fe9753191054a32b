package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;

/** Nothing is asked for and nothing is held. */
public record Stopped() implements State {
    /** From any state: sockets closed, nothing remembered, not a word to the network. */
    static Step quietly() {
        return Step.to(new Stopped(), new Effect.Listen(Listening.NOTHING, 0), new Effect.Forget());
    }

    /**
     * A remembered lease is taken up where it was, silently, if it was granted to the address that is in use now; there is no
     * INIT-REBOOT, since that would show the network where we have been (RFC 7844 §3.3). One that cannot be taken up is over, and those
     * who were told of it must hear so.
     */
    @Override
    public Step onStart(Optional<Lease> remembered, Turn turn) {
        return remembered
                .filter(lease -> lease.hardware().equals(turn.hardware()))
                .filter(lease -> turn.now() < lease.times().expiresAt())
                .map(lease -> Bound.resumed(lease, turn))
                .orElseGet(() -> Selecting.begun(turn)
                        .after(
                                new Effect.Forget(),
                                new Effect.Announce(
                                        remembered.isPresent() ? LeaseReason.EXPIRE : LeaseReason.PREINIT)));
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
    public long deadline() {
        return Long.MAX_VALUE;
    }
}
