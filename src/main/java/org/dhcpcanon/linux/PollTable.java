package org.dhcpcanon.linux;

import java.util.Arrays;
import jnr.ffi.Pointer;
import org.dhcpcanon.linux.Poller.Handler;
import org.jspecify.annotations.Nullable;

/** The array that {@code poll(2)} reads, with a handler to each row. Grows to the largest number ever watched and stays. */
final class PollTable {
    private static final int POLLFD = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;
    /** The kernel skips rows with this number. */
    private static final int REMOVED = -1;

    private static final Handler NOBODY = events -> {};

    private Pointer rows = Libc.allocate(8 * POLLFD);
    private int[] descriptors = new int[8];
    private Handler[] handlers = new Handler[8];
    private int count;
    private boolean holes;

    PollTable() {
        Arrays.fill(handlers, NOBODY);
    }

    void add(int fd, int events, Handler handler) {
        if (count == descriptors.length) {
            grow();
        }
        descriptors[count] = fd;
        handlers[count] = handler;
        long row = (long) count * POLLFD;
        rows.putInt(row, fd);
        rows.putShort(row + EVENTS, (short) events);
        rows.putShort(row + REVENTS, (short) 0);
        count++;
    }

    private void grow() {
        int length = 2 * count;
        Pointer larger = Libc.allocate(length * POLLFD);
        rows.transferTo(0, larger, 0, (long) count * POLLFD);
        rows = larger;
        descriptors = Arrays.copyOf(descriptors, length);
        Handler[] more = Arrays.copyOf(handlers, length);
        Arrays.fill(more, count, length, NOBODY);
        handlers = more;
    }

    /** Only marks the row, as rows must not move while {@link #dispatch} walks over them. */
    void remove(int fd) {
        for (int i = 0; i < count; i++) {
            if (descriptors[i] == fd) {
                descriptors[i] = REMOVED;
                handlers[i] = NOBODY;
                rows.putInt((long) i * POLLFD, REMOVED);
                holes = true;
                return;
            }
        }
    }

    /** What {@code poll(2)} returns; waits as long as it takes. */
    int poll() {
        if (holes) {
            closeHoles();
        }
        return Libc.C.poll(rows, count, -1);
    }

    private void closeHoles() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (descriptors[i] != REMOVED) {
                descriptors[kept] = descriptors[i];
                handlers[kept] = handlers[i];
                rows.putLong((long) kept * POLLFD, rows.getLong((long) i * POLLFD));
                kept++;
            }
        }
        Arrays.fill(handlers, kept, count, NOBODY);
        count = kept;
        holes = false;
    }

    /**
     * Runs the handlers of all ready rows. Rows that are added meanwhile are for the next turn, even if they have the number of a
     * descriptor that was removed in this one.
     *
     * @throws RuntimeException the first that a handler threw, when all have run
     */
    void dispatch() {
        @Nullable RuntimeException failure = null;
        int polled = count;
        for (int i = 0; i < polled; i++) {
            int events = rows.getShort((long) i * POLLFD + REVENTS);
            if (events != 0 && descriptors[i] != REMOVED) {
                failure = run(handlers[i], events, failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException run(Handler handler, int events, @Nullable RuntimeException earlier) {
        try {
            handler.ready(events);
            return earlier;
        } catch (RuntimeException failure) {
            if (earlier == null) {
                return failure;
            }
            earlier.addSuppressed(failure);
            return earlier;
        }
    }
}
