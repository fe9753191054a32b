package org.dhcpcanon.client;

import java.util.concurrent.TimeUnit;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Options;

/**
 * How long a client has been without a lease, how often it was turned away, and what it asks for.
 *
 * @param failAt when FAIL is to be told, nanoseconds on the boot clock; {@code Long.MAX_VALUE} if never, or already done
 * @param refusals NAKs since the last lease
 * @param standing what is the same in all messages, drawn once for the whole session (RFC 2131 §3.5)
 */
public record Search(long failAt, int refusals, Options standing) {
    private static final int LONGEST_PAUSE_SECONDS = 64;

    static Search begun(Turn turn) {
        return new Search(turn.after(turn.patience()), 0, turn.profile().standing(turn.hardware(), turn.entropy()));
    }

    /** Another search in the same session. */
    static Search resumed(Lease lost, Turn turn) {
        return new Search(turn.after(turn.patience()), 0, lost.standing());
    }

    Search failed() {
        return new Search(Long.MAX_VALUE, refusals, standing);
    }

    Search refused() {
        return new Search(failAt, refusals + 1, standing);
    }

    boolean isOverdue(Turn turn) {
        return turn.now() >= failAt;
    }

    /**
     * How long to stay quiet after a NAK: not at all after the first, then 1, 2, 4 ... 64 seconds. A stranger can send NAKs,
     * and every new DISCOVER shows us again.
     */
    long pause() {
        if (refusals <= 1) {
            return 0;
        }
        return TimeUnit.SECONDS.toNanos(Math.min(1L << Math.min(refusals - 2, 16), LONGEST_PAUSE_SECONDS));
    }
}
