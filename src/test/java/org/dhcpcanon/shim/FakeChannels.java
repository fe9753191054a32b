package org.dhcpcanon.shim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.runtime.Channel;
import org.dhcpcanon.runtime.ChannelListener;
import org.dhcpcanon.runtime.Channels;

/** Channels that keep what was sent, and say what the test tells them to. */
final class FakeChannels implements Channels {
    /** One of them. */
    static final class Line implements Channel {
        final ChannelListener listener;
        final List<String> sent = new ArrayList<>();
        boolean closed;

        Line(ChannelListener listener) {
            this.listener = listener;
        }

        @Override
        public void send(String line) {
            sent.add(line);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    final List<Line> opened = new ArrayList<>();
    boolean broken;

    @Override
    public Channel open(Path toOther, Path fromOther, ChannelListener listener) throws IOException {
        if (broken) {
            throw new IOException(toOther + " has no reader");
        }
        Line line = new Line(listener);
        opened.add(line);
        return line;
    }

    Line last() {
        return opened.get(opened.size() - 1);
    }
}
