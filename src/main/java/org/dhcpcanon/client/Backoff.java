package org.dhcpcanon.client;

import java.util.concurrent.TimeUnit;

/**
 * When to send again without an answer: doubling, with a random part.
 *
 * @param firstSeconds the first wait, before the random part
 * @param lastSeconds where doubling ends; every later wait is this long
 * @param spreadSeconds the random part is uniform between minus and plus this
 */
public record Backoff(int firstSeconds, int lastSeconds, int spreadSeconds) {
    /** RFC 2131 §4.1: 4, 8, 16, 32, 64 seconds, each plus or minus one. */
    public static final Backoff RFC_2131 = new Backoff(4, 64, 1);

    /**
     * @param tries how often it was sent, at least 1
     * @return nanoseconds
     */
    public long wait(int tries, Entropy entropy) {
        long seconds = Math.min((long) firstSeconds << Math.min(tries - 1, 16), lastSeconds);
        return TimeUnit.SECONDS.toNanos(seconds) + spread(entropy);
    }

    /** A random number of nanoseconds between minus and plus the spread, in steps of microseconds. */
    public long spread(Entropy entropy) {
        int span = (int) TimeUnit.SECONDS.toMicros(spreadSeconds);
        return TimeUnit.MICROSECONDS.toNanos((long) entropy.below(2 * span + 1) - span);
    }
}
