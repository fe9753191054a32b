package org.dhcpcanon.linux;

import jnr.ffi.Pointer;
import org.dhcpcanon.runtime.Clock;

/** The kernel's clocks. Any thread. */
public final class BootClock implements Clock {
    private static final int TIMESPEC = 16;

    private final Pointer time = Libc.allocate(TIMESPEC);

    @Override
    public long now() {
        return read(Linux.CLOCK_BOOTTIME);
    }

    @Override
    public long wall() {
        return read(Linux.CLOCK_REALTIME);
    }

    /** One caller at a time, as the memory for the answer is shared. */
    private synchronized long read(int clock) {
        if (Libc.C.clock_gettime(clock, time) != 0) {
            throw new IllegalStateException("clock_gettime: " + ErrnoException.words(Libc.errno()));
        }
        return time.getLong(0) * 1_000_000_000L + time.getLong(8);
    }
}
