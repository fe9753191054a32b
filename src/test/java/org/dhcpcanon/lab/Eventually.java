package org.dhcpcanon.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition by looking often. */
public final class Eventually {
    /** To ask costs processes, and other tests run beside. */
    private static final long INTERVAL_MILLIS = 150;

    private Eventually() {}

    /** Fails if the condition does not hold within the limit. */
    public static void holds(String what, Duration limit, BooleanSupplier condition) {
        has(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** The value, as soon as there is one. */
    public static <T> T has(String what, Duration limit, Supplier<Optional<T>> source) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
