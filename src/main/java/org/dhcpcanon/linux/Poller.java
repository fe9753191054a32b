package org.dhcpcanon.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import jnr.constants.platform.Errno;
import jnr.ffi.Pointer;
import org.dhcpcanon.runtime.Waiter;

/**
 * Waits by {@code poll(2)} for the deadline (a timerfd on the boot clock, so that sleep of the machine counts), for {@link #wake}
 * (an eventfd) and for the descriptors of the adapters. Everything but {@link #wake} belongs to the loop thread.
 */
public final class Poller implements Waiter, AutoCloseable {
    /** Runs when a watched descriptor is ready. May watch and unwatch whatever it wants. */
    @FunctionalInterface
    interface Handler {
        /**
         * @param events the bits that {@code poll(2)} returned
         */
        void ready(int events);
    }

    private static final int ITIMERSPEC = 32;
    private static final long NANOS = 1_000_000_000L;

    private final PollTable table = new PollTable();
    private final Deque<Runnable> posted = new ArrayDeque<>();
    private final Pointer timeout = Libc.allocate(ITIMERSPEC);
    private final Pointer drained = Libc.allocate(8);
    private final Pointer one = Libc.allocate(8);
    private final int timer;
    private final int waker;
    private long armed = Long.MAX_VALUE;
    private boolean closed;

    /**
     * Opens the timer and the waker.
     *
     * @throws IOException if the process has no descriptors left
     */
    public Poller() throws IOException {
        int flags = Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        timer = ErrnoException.descriptor(Libc.C.timerfd_create(Linux.CLOCK_BOOTTIME, flags), "timerfd_create");
        waker = wakerBeside(timer, flags);
        one.putLong(0, 1);
        // An expired timer is left unread: it stays ready until it is armed anew, so a deadline in the past always
        // returns at once.
        table.add(timer, Linux.POLLIN, events -> {});
        table.add(waker, Linux.POLLIN, events -> woken());
    }

    private static int wakerBeside(int timer, int flags) throws IOException {
        try {
            return ErrnoException.descriptor(Libc.C.eventfd(0, flags), "eventfd");
        } catch (IOException full) {
            Libc.C.close(timer);
            throw full;
        }
    }

    /**
     * Calls the handler on each turn in which the descriptor is ready; errors and hang-ups are always reported.
     *
     * @param events bits of {@code poll(2)}; 0 for errors only
     */
    void watch(int fd, int events, Handler handler) {
        table.add(fd, events, handler);
    }

    /** Runs the task in the next turn, and not inside whatever is being done now. On the loop thread. */
    void post(Runnable task) {
        posted.add(task);
        wake();
    }

    private void woken() {
        Libc.C.read(waker, drained, 8);
        // Not those that these post, or two of them could keep everybody else waiting.
        for (int left = posted.size(); left > 0; left--) {
            runPosted(posted.remove());
        }
    }

    /** A task that fails must not take the later ones with it. */
    private void runPosted(Runnable task) {
        boolean done = false;
        try {
            task.run();
            done = true;
        } finally {
            if (!done && !posted.isEmpty()) {
                wake();
            }
        }
    }

    /** Its handler is not called any more, not even in the present turn. Must come before the descriptor is closed. */
    void unwatch(int fd) {
        table.remove(fd);
    }

    /**
     * {@inheritDoc}
     *
     * <p>What a handler throws comes out of here, after the handlers of all other ready descriptors have run (of several
     * exceptions the first, the others suppressed in it); the poller can be used as before.
     */
    @Override
    public void await(long deadline) {
        arm(deadline);
        if (table.poll() < 0) {
            int errno = Libc.errno();
            if (errno != Errno.EINTR.intValue()) {
                throw new UncheckedIOException(new ErrnoException("poll", errno));
            }
            return;
        }
        table.dispatch();
    }

    private void arm(long deadline) {
        if (deadline == armed) {
            return;
        }
        // Zero would disarm the timer, and so would mean for ever.
        long wanted = deadline == Long.MAX_VALUE ? 0 : Math.max(1, deadline);
        timeout.putLong(16, wanted / NANOS);
        timeout.putLong(24, wanted % NANOS);
        if (Libc.C.timerfd_settime(timer, Linux.TFD_TIMER_ABSTIME, timeout, null) != 0) {
            throw new UncheckedIOException(new ErrnoException("timerfd_settime", Libc.errno()));
        }
        armed = deadline;
    }

    /** After {@link #close} it does nothing: the number might by then be another's descriptor. */
    @Override
    public synchronized void wake() {
        if (!closed) {
            Libc.C.write(waker, one, 8);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libc.C.close(timer);
            Libc.C.close(waker);
        }
    }
}
