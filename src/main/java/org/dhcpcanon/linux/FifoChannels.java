package org.dhcpcanon.linux;

import java.io.IOException;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import jnr.ffi.Pointer;
import org.dhcpcanon.runtime.Channel;
import org.dhcpcanon.runtime.ChannelListener;
import org.dhcpcanon.runtime.Channels;

/** Opens fifos. On the loop thread. */
public final class FifoChannels implements Channels {
    private static final int STATX = 256;
    private static final int STATX_MODE = 28;

    private final Poller poller;
    private final Scratch scratch = new Scratch(FifoChannel.BUFFER);

    public FifoChannels(Poller poller) {
        this.poller = poller;
    }

    @Override
    public Channel open(Path toOther, Path fromOther, ChannelListener listener) throws IOException {
        int writeEnd = openFifo(toOther, Linux.O_WRONLY);
        try {
            int readEnd = openFifo(fromOther, Linux.O_RDONLY);
            return new FifoChannel(poller, scratch, writeEnd, readEnd, listener);
        } catch (IOException failure) {
            Libc.C.close(writeEnd);
            throw failure;
        }
    }

    private static int openFifo(Path path, int mode) throws IOException {
        int fd = open(path, mode);
        if (isFifo(fd)) {
            return fd;
        }
        Libc.C.close(fd);
        throw new IOException(path + " is not a fifo");
    }

    private static int open(Path path, int mode) throws IOException {
        int flags = mode | Linux.O_NOFOLLOW | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        try {
            return ErrnoException.descriptor(Libc.C.open(path.toString(), flags), "open " + path);
        } catch (ErrnoException failure) {
            if (failure.is(Errno.ENXIO)) {
                throw new IOException("nobody reads " + path, failure);
            }
            if (failure.is(Errno.ELOOP)) {
                throw new IOException(path + " is a symbolic link", failure);
            }
            throw failure;
        }
    }

    /** Asks the descriptor, not the path, which might have been exchanged since. */
    private static boolean isFifo(int fd) {
        Pointer status = Libc.allocate(STATX);
        int result = Libc.C.statx(fd, "", Linux.AT_EMPTY_PATH, Linux.STATX_TYPE, status);
        return result == 0 && (status.getShort(STATX_MODE) & Linux.S_IFMT) == Linux.S_IFIFO;
    }
}
