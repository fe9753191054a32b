package org.dhcpcanon.client;

import org.dhcpcanon.packet.MacAddress;

/**
 * What a state may know besides itself and the event.
 *
 * @param now nanoseconds on the boot clock
 * @param profile what to look like
 * @param hardware the link-layer address in use
 * @param carrier whether packets get through
 * @param probing whether we find out ourselves that an address is free (RFC 5227)
 * @param patience nanoseconds without a lease after which FAIL is told; {@code Long.MAX_VALUE} for never
 * @param retry nanoseconds, more or less, after which a search that has failed counts from anew and can fail again, 0 or more; {@code
 *     Long.MAX_VALUE} if FAIL is told once only
 * @param entropy random bits
 */
public record Turn(
        long now,
        Profile profile,
        MacAddress hardware,
        boolean carrier,
        boolean probing,
        long patience,
        long retry,
        Entropy entropy) {
    Backoff backoff() {
        return profile.timing().backoff();
    }

    /** That much later, or never where that is beyond counting. */
    long after(long nanoseconds) {
        return nanoseconds > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanoseconds;
    }
}
