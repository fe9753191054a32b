package org.dhcpcanon.client;

import java.util.concurrent.TimeUnit;

/**
 * One wait with a random part.
 *
 * @param milliseconds the middle, 1 or more
 * @param spread milliseconds: the wait is uniform between the middle minus and plus this; less than the middle
 */
public record Wait(long milliseconds, long spread) {
    private static final long LONGEST = TimeUnit.DAYS.toMillis(1);

    public Wait {
        if (milliseconds < 1 || milliseconds > LONGEST || spread < 0 || spread >= milliseconds) {
            throw new IllegalArgumentException("a wait of " + milliseconds + "~" + spread + " ms");
        }
    }

    /** Nanoseconds, drawn. */
    long drawn(Entropy entropy) {
        return TimeUnit.MILLISECONDS.toNanos(milliseconds) + fuzz(spread, entropy);
    }

    /**
     * A random number of nanoseconds, uniform in steps of microseconds.
     *
     * @param spread milliseconds either way
     */
    static long fuzz(long spread, Entropy entropy) {
        int span = (int) Math.min(TimeUnit.MILLISECONDS.toMicros(spread), Integer.MAX_VALUE / 4);
        return TimeUnit.MICROSECONDS.toNanos((long) entropy.below(2 * span + 1) - span);
    }
}
