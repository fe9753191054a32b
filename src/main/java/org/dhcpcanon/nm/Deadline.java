package org.dhcpcanon.nm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A time after which we stop; it passes by itself, since nobody reads a clock here. Close it when it does not matter any more. */
final class Deadline implements AutoCloseable {
    private final CompletableFuture<Void> passed = new CompletableFuture<>();

    Deadline(Duration after) {
        var unused = passed.completeOnTimeout(null, after.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isOver() {
        return passed.isDone() && !passed.isCancelled();
    }

    /** Runs it when the time is over, on another thread; never if this is closed before. Must not wait. */
    void then(Runnable action) {
        var unused = passed.thenRun(action);
    }

    @Override
    public void close() {
        passed.cancel(false);
    }
}
