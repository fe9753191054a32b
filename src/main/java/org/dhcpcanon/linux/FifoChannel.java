package org.dhcpcanon.linux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jnr.constants.platform.Errno;
import org.dhcpcanon.runtime.Channel;
import org.dhcpcanon.runtime.ChannelListener;
import org.tinylog.Logger;

/**
 * Two fifos. The other end is gone when nobody reads what we write (POLLERR) or nobody writes what we read any more (POLLHUP). A
 * writer that has not come yet is no end: {@code poll(2)} reports a hang-up only after there was one.
 */
final class FifoChannel implements Channel {
    /** PIPE_BUF: what is no longer is written at once or not at all. */
    static final int BUFFER = 4096;

    private final Poller poller;
    private final Scratch scratch;
    private final int writeEnd;
    private final int readEnd;
    private final ChannelListener listener;
    private final LineReader lines = new LineReader();
    private boolean open = true;

    FifoChannel(Poller poller, Scratch scratch, int writeEnd, int readEnd, ChannelListener listener) {
        this.poller = poller;
        this.scratch = scratch;
        this.writeEnd = writeEnd;
        this.readEnd = readEnd;
        this.listener = listener;
        poller.watch(writeEnd, 0, events -> end());
        poller.watch(readEnd, Linux.POLLIN, events -> read());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if there is a newline in it, which would make it two lines
     */
    @Override
    public void send(String line) {
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line with a newline in it");
        }
        byte[] bytes = (line + '\n').getBytes(StandardCharsets.UTF_8);
        if (bytes.length > BUFFER) {
            Logger.warn("A line of {} octets is too long for a fifo and is lost", bytes.length);
        } else if (open) {
            write(bytes);
        }
    }

    private void write(byte[] bytes) {
        scratch.put(bytes);
        if (Libc.C.write(writeEnd, scratch.memory(), bytes.length) < 0) {
            int errno = Libc.errno();
            // Of EPIPE the poller will tell.
            if (errno != Errno.EPIPE.intValue()) {
                Logger.warn("A line to a fifo is lost: {}", ErrnoException.words(errno));
            }
        }
    }

    /** One piece a turn, so that a talkative end cannot hold up the others. */
    private void read() {
        int length = (int) Libc.C.read(readEnd, scratch.memory(), BUFFER);
        if (length > 0) {
            lines.accept(Arrays.copyOf(scratch.fetch(length), length), this::deliver);
        } else if (length == 0 || !isPassing(Libc.errno())) {
            end();
        }
    }

    private static boolean isPassing(int errno) {
        return errno == Errno.EAGAIN.intValue() || errno == Errno.EINTR.intValue();
    }

    private boolean deliver(String line) {
        listener.line(line);
        return open;
    }

    private void end() {
        if (open) {
            close();
            listener.ended();
        }
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            poller.unwatch(writeEnd);
            poller.unwatch(readEnd);
            Libc.C.close(writeEnd);
            Libc.C.close(readEnd);
        }
    }
}
