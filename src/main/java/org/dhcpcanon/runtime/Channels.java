package org.dhcpcanon.runtime;

import java.io.IOException;
import java.nio.file.Path;

/** Opens channels. */
@FunctionalInterface
public interface Channels {
    /**
     * Opens two existing fifos: one for writing, without blocking (so it must have a reader), and one for reading.
     *
     * @throws IOException if one of them is no fifo, is a symbolic link, or {@code toOther} has no reader
     */
    Channel open(Path toOther, Path fromOther, ChannelListener listener) throws IOException;
}
