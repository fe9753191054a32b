package org.dhcpcanon.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tinylog.Logger;

/**
 * The loop thread: waits, runs what others have posted, lets due clients act. Handlers of descriptors run inside the wait, on
 * the same thread, so that an OFFER is answered before anything else happens.
 */
public final class EventLoop implements Mailbox {
    private final Clock clock;
    private final Waiter waiter;
    private final Heartbeat heartbeat;
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    public EventLoop(Clock clock, Waiter waiter, Heartbeat heartbeat) {
        this.clock = clock;
        this.waiter = waiter;
        this.heartbeat = heartbeat;
    }

    @Override
    public void post(Runnable task) {
        posted.add(task);
        waiter.wake();
    }

    /** Makes {@link #run} return. Any thread. */
    public void stop() {
        stopping = true;
        waiter.wake();
    }

    /** Runs until {@link #stop}; this thread owns the clients meanwhile. */
    public void run(Sessions sessions) {
        while (!stopping) {
            runSafely(this::drain);
            runSafely(() -> sessions.act(clock.now()));
            runSafely(() -> heartbeat.beat(clock.now()));
            runSafely(() -> waiter.await(posted.isEmpty() ? Math.min(sessions.deadline(), heartbeat.deadline()) : 0));
        }
    }

    private void drain() {
        // Only what is there now: a task that posts another must not keep the packets waiting.
        int present = posted.size();
        for (int i = 0; i < present; i++) {
            Runnable task = posted.poll();
            if (task != null) {
                runSafely(task);
            }
        }
    }

    /** A defect in one task must not take the others' connectivity away. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Logger.error(e, "a defect in the loop; going on");
        }
    }
}
