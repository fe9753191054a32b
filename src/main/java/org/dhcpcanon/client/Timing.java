package org.dhcpcanon.client;

/**
 * When a client speaks.
 *
 * @param backoff between DISCOVERs, and between REQUESTs for an offer
 * @param requestTries how often one offer is requested before the search starts again, 1..10
 * @param fuzz T1 and T2 move by up to so many milliseconds either way (RFC 2131 §4.4.5)
 * @param serverTimes whether the server's T1 and T2 (options 58 and 59) count
 * @param renewByBackoff whether renewals are repeated by {@code backoff}, not by half of the remaining time (RFC 2131 §4.4.5)
 */
public record Timing(Backoff backoff, int requestTries, long fuzz, boolean serverTimes, boolean renewByBackoff) {
    public Timing {
        if (requestTries < 1 || requestTries > 10 || fuzz < 0 || fuzz > 60_000) {
            throw new IllegalArgumentException("tries " + requestTries + ", fuzz " + fuzz);
        }
    }
}
