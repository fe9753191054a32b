package org.dhcpcanon.client;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A message that is sent until it is answered.
 *
 * @param transactionId xid, random for every exchange (RFC 2131 §4.4.1)
 * @param startedAt when it was sent first, nanoseconds on the boot clock
 * @param sentAt when it was sent last
 * @param seconds the secs field: since the client began to search or renew
 * @param tries how often it was sent, at least 1
 * @param resendAt when to send it again, nanoseconds on the boot clock; {@code Long.MAX_VALUE} for never
 * @param parameters the parameter request list, whose order stays for the session (RFC 2131 §3.5)
 */
public record Exchange(
        int transactionId,
        long startedAt,
        long sentAt,
        int seconds,
        int tries,
        long resendAt,
        List<Integer> parameters) {
    private static final int MAXIMUM_SECONDS = 0xffff;
    /** RFC 2131 §4.4.5: no sooner than after a minute. */
    private static final long RENEWAL_FLOOR = TimeUnit.SECONDS.toNanos(60);

    public Exchange {
        parameters = List.copyOf(parameters);
    }

    /** The search for a server begins: secs is 0. */
    static Exchange search(List<Integer> parameters, Turn turn) {
        return new Exchange(
                turn.entropy().bits(),
                turn.now(),
                turn.now(),
                0,
                1,
                turn.after(turn.profile().backoff().wait(1, turn.entropy())),
                parameters);
    }

    /** An offer is requested: same xid, same secs, same parameters (RFC 2131 §4.4.1), and the waits begin again. */
    Exchange request(Turn turn) {
        return new Exchange(
                transactionId,
                startedAt,
                turn.now(),
                seconds,
                1,
                turn.after(turn.profile().backoff().wait(1, turn.entropy())),
                parameters);
    }

    /** The same message once more; secs moves on in a search only. */
    Exchange again(Turn turn, boolean searching) {
        long elapsed = TimeUnit.NANOSECONDS.toSeconds(turn.now() - startedAt);
        return new Exchange(
                transactionId,
                startedAt,
                turn.now(),
                searching ? (int) Math.min(elapsed, MAXIMUM_SECONDS) : seconds,
                tries + 1,
                turn.after(turn.profile().backoff().wait(tries + 1, turn.entropy())),
                parameters);
    }

    /** A lease is to be extended, until the given end (T2 or expiry). */
    static Exchange extension(Turn turn, long until, List<Integer> parameters) {
        return new Exchange(
                turn.entropy().bits(), turn.now(), turn.now(), 0, 1, halfway(turn.now(), until), parameters);
    }

    Exchange extendAgain(Turn turn, long until) {
        long elapsed = TimeUnit.NANOSECONDS.toSeconds(turn.now() - startedAt);
        return new Exchange(
                transactionId,
                startedAt,
                turn.now(),
                (int) Math.min(elapsed, MAXIMUM_SECONDS),
                tries + 1,
                halfway(turn.now(), until),
                parameters);
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
