package org.dhcpcanon.client;

import java.util.concurrent.TimeUnit;
import org.dhcpcanon.packet.Options;

/**
 * A message that is sent until it is answered.
 *
 * @param transactionId xid, random for every exchange (RFC 2131 §4.4.1)
 * @param startedAt when it was sent first, nanoseconds on the boot clock
 * @param sentAt when it was sent last
 * @param seconds the secs field: since the client began to search or renew
 * @param tries how often it was sent, at least 1
 * @param resendAt when to send it again, nanoseconds on the boot clock; {@code Long.MAX_VALUE} for never
 * @param identification of the IPv4 packet, where the profile counts it, 0..65535
 * @param standing what stays the same in all messages of the session, the parameter request list among it (RFC 2131 §3.5)
 */
public record Exchange(
        int transactionId,
        long startedAt,
        long sentAt,
        int seconds,
        int tries,
        long resendAt,
        int identification,
        Options standing) {
    private static final int MAXIMUM_SECONDS = 0xffff;
    /** RFC 2131 §4.4.5: no sooner than after a minute. */
    private static final long RENEWAL_FLOOR = TimeUnit.SECONDS.toNanos(60);

    /** The search for a server begins: secs is 0. */
    static Exchange search(Options standing, Turn turn) {
        return begun(standing, turn.after(turn.backoff().wait(1, turn.entropy())), turn);
    }

    /** A lease is to be extended, until the given end (T2 or expiry). */
    static Exchange extension(Turn turn, long until, Options standing) {
        return begun(standing, extensionAt(1, until, turn), turn);
    }

    /** One message that nobody answers. */
    static Exchange single(Options standing, Turn turn) {
        return begun(standing, Long.MAX_VALUE, turn);
    }

    private static Exchange begun(Options standing, long resendAt, Turn turn) {
        int identification = turn.profile().look().counted() ? turn.entropy().bits() & 0xffff : 0;
        return new Exchange(turn.entropy().bits(), turn.now(), turn.now(), 0, 1, resendAt, identification, standing);
    }

    /** An offer is requested: same xid, same secs, same parameters (RFC 2131 §4.4.1), and the waits begin again. */
    Exchange request(Turn turn) {
        return next(turn, seconds, 1, turn.after(turn.backoff().wait(1, turn.entropy())));
    }

    /** The same message once more; secs moves on in a search only. */
    Exchange again(Turn turn, boolean searching) {
        long resendAt = turn.after(turn.backoff().wait(tries + 1, turn.entropy()));
        return next(turn, searching ? elapsed(turn) : seconds, tries + 1, resendAt);
    }

    Exchange extendAgain(Turn turn, long until) {
        return next(turn, elapsed(turn), tries + 1, extensionAt(tries + 1, until, turn));
    }

    private Exchange next(Turn turn, int secs, int count, long at) {
        return new Exchange(
                transactionId, startedAt, turn.now(), secs, count, at, (identification + 1) & 0xffff, standing);
    }

    private int elapsed(Turn turn) {
        return (int) Math.min(TimeUnit.NANOSECONDS.toSeconds(turn.now() - startedAt), MAXIMUM_SECONDS);
    }

    private static long extensionAt(int count, long until, Turn turn) {
        if (!turn.profile().timing().renewByBackoff()) {
            return halfway(turn.now(), until);
        }
        long next = turn.after(turn.backoff().wait(count, turn.entropy()));
        return next < until ? next : Long.MAX_VALUE;
    }

    /** Half of the remaining time, but at least a minute; never, if that is after the end. */
    private static long halfway(long now, long until) {
        if (until == Long.MAX_VALUE) {
            return now + RENEWAL_FLOOR;
        }
        long next = now + Math.max((until - now) / 2, RENEWAL_FLOOR);
        return next < until ? next : Long.MAX_VALUE;
    }
}
