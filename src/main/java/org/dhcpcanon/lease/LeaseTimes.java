package org.dhcpcanon.lease;

import java.util.OptionalLong;

/**
 * The times of a lease.
 *
 * @param startedAt when the REQUEST that won it was sent, nanoseconds on the boot clock (RFC 2131 §4.4.1)
 * @param seconds the lease time as granted, 1..4294967295, the last meaning for ever
 * @param renewAt T1, nanoseconds on the boot clock; {@code Long.MAX_VALUE} for never, as the two below
 * @param rebindAt T2
 * @param expiresAt the end
 */
public record LeaseTimes(long startedAt, long seconds, long renewAt, long rebindAt, long expiresAt) {
    public static final long INFINITE = 0xffff_ffffL;
    private static final int MOST_RENEWALS = 32;
    private static final long SECOND = 1_000_000_000L;

    public LeaseTimes {
        if (seconds < 1 || seconds > INFINITE) {
            throw new IllegalArgumentException("a lease of " + seconds + " seconds");
        }
        if (startedAt > renewAt || renewAt > rebindAt || rebindAt > expiresAt) {
            throw new IllegalArgumentException("lease times out of order");
        }
    }

    /**
     * The times that follow from a grant. The server's T1 and T2 count only if T1 &lt; T2 &lt; lease time, and T1 is no less than a
     * thirty-second of the lease: a server must not keep us awake for nothing. Otherwise they are a half and seven eighths of the lease
     * (RFC 2131 §4.4.5).
     *
     * @param fuzz moves T1 and T2, nanoseconds, at most a sixteenth of the lease either way (RFC 2131 §4.4.5 wants "some random
     *     fuzz"; more than a second would be a fingerprint)
     */
    public static LeaseTimes of(long startedAt, long seconds, OptionalLong t1, OptionalLong t2, long fuzz) {
        if (seconds == INFINITE) {
            return new LeaseTimes(startedAt, seconds, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        }
        long lease = seconds * SECOND;
        boolean sane = t1.isPresent() && t2.isPresent() && inOrder(t1.getAsLong(), t2.getAsLong(), seconds);
        long renew = sane ? t1.getAsLong() * SECOND : lease / 2;
        long rebind = sane ? t2.getAsLong() * SECOND : lease / 8 * 7;
        long bounded = Math.max(-lease / 16, Math.min(lease / 16, fuzz));
        long renewAt = Math.max(1, Math.min(renew + bounded, rebind));
        long rebindAt = Math.max(renewAt, Math.min(rebind + bounded, lease));
        return new LeaseTimes(startedAt, seconds, startedAt + renewAt, startedAt + rebindAt, startedAt + lease);
    }

    private static boolean inOrder(long t1, long t2, long seconds) {
        return t1 > 0 && t1 >= seconds / MOST_RENEWALS && t1 < t2 && t2 < seconds;
    }
}
