package org.dhcpcanon.linux;

import java.io.IOException;
import jnr.constants.platform.Errno;

/** A system call failed. The message names the call and says why in the words of the C library. */
final class ErrnoException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    ErrnoException(String call, int errno) {
        super(call + ": " + words(errno));
        this.errno = errno;
    }

    /**
     * Passes the result of a system call on.
     *
     * @throws ErrnoException if it is negative; then the error number must be that of the last call of this thread
     */
    static long check(long result, String call) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(call, Libc.errno());
        }
        return result;
    }

    /** As {@link #check}, for calls that return a descriptor. */
    static int descriptor(int result, String call) throws ErrnoException {
        return (int) check(result, call);
    }

    /** What {@code strerror} would say, in English whatever the locale. */
    static String words(int errno) {
        return Errno.valueOf(errno).description() + " (errno " + errno + ")";
    }

    boolean is(Errno reason) {
        return errno == reason.intValue();
    }
}
