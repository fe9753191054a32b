package org.dhcpcanon.lease;

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

    public LeaseTimes {
        if (startedAt > renewAt || renewAt > rebindAt || rebindAt > expiresAt) {
            throw new IllegalArgumentException("lease times out of order");
        }
    }
}
