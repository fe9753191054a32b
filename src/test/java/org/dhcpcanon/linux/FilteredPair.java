package org.dhcpcanon.linux;

import java.io.IOException;
import jnr.ffi.Pointer;

/** Two connected sockets, of which one has a filter that the kernel runs. */
final class FilteredPair implements AutoCloseable {
    private final Scratch scratch = new Scratch(128);
    private final int near;
    private final int far;

    FilteredPair(SocketFilter filter) throws IOException {
        Pointer pair = Libc.allocate(2 * Integer.BYTES);
        int type = Linux.SOCK_DGRAM | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        ErrnoException.check(TestLibc.C.socketpair(TestLibc.AF_UNIX, type, 0, pair), "socketpair");
        near = pair.getInt(0);
        far = pair.getInt(Integer.BYTES);
        filter.attach(near);
    }

    /** How many octets of a frame the filter lets through; negative if it drops it. */
    long passed(byte[] frame) throws IOException {
        scratch.put(frame);
        ErrnoException.check(Libc.C.write(far, scratch.memory(), frame.length), "write");
        return Libc.C.read(near, scratch.memory(), scratch.length());
    }

    @Override
    public void close() {
        Libc.C.close(near);
        Libc.C.close(far);
    }
}
