package org.dhcpcanon.linux;

import jnr.constants.platform.Errno;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageReader;
import org.dhcpcanon.packet.UdpFrame;
import org.dhcpcanon.runtime.LinkListener;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Reads the packets of one socket while it is watched, and tells the listener of the link. */
final class SocketReader {
    private static final int PACKETS_A_TURN = 64;

    private final Wire wire;
    private final EthernetInterface nic;
    private final LinkListener listener;
    private final int fd;
    /** Null if there are no frames in the packets, but datagrams. */
    private final @Nullable NextHop nextHop;

    private boolean watched;
    private boolean troubled;
    private boolean broken;

    private SocketReader(Wire wire, EthernetInterface nic, LinkListener listener, int fd, @Nullable NextHop nextHop) {
        this.wire = wire;
        this.nic = nic;
        this.listener = listener;
        this.fd = fd;
        this.nextHop = nextHop;
    }

    static SocketReader ofDatagrams(Wire wire, EthernetInterface nic, LinkListener listener, int fd) {
        return new SocketReader(wire, nic, listener, fd, null);
    }

    /**
     * @param nextHop learns from where the frames come
     */
    static SocketReader ofFrames(Wire wire, EthernetInterface nic, LinkListener listener, int fd, NextHop nextHop) {
        return new SocketReader(wire, nic, listener, fd, nextHop);
    }

    void start() {
        if (!watched) {
            watched = true;
            wire.poller().watch(fd, Linux.POLLIN, events -> readTurn());
        }
    }

    void stop() {
        if (watched) {
            watched = false;
            wire.poller().unwatch(fd);
        }
    }

    /** Whether an error has ended the reading: the socket is of no more use. */
    boolean isBroken() {
        return broken;
    }

    /** The listener may stop this reader, and then the socket may be closed already. */
    private void readTurn() {
        for (int i = 0; i < PACKETS_A_TURN && watched; i++) {
            int length = wire.in().receive(fd);
            if (length < 0) {
                failed(Libc.errno());
                return;
            }
            deliver(length);
        }
        if (watched && wire.in().receive(fd) >= 0) {
            listener.dropped(DropReason.FLOOD);
        }
    }

    private void deliver(int length) {
        Message message;
        Ipv4 source;
        try {
            if (wire.in().isCut()) {
                throw new MalformedPacketException(DropReason.TRUNCATED);
            }
            if (nextHop != null) {
                UdpFrame frame = UdpFrame.parse(
                        wire.in().fetch(length), length, wire.in().isChecksumReady());
                source = frame.sourceAddress();
                message = MessageReader.read(
                        frame.payload().toArray(), 0, frame.payload().length());
                nextHop.learn(message, frame.source());
            } else {
                source = wire.in().source();
                message = MessageReader.read(wire.in().fetch(length), 0, length);
            }
        } catch (MalformedPacketException malformed) {
            listener.dropped(malformed.reason());
            return;
        }
        listener.received(message, source);
    }

    /**
     * Reading clears an error, so an interface that went down says so once, and is heard again when it comes up. One that is gone,
     * and errors that nobody expects, end the reading: they could come for ever.
     */
    private void failed(int errno) {
        if (errno == Errno.EAGAIN.intValue() || errno == Errno.EINTR.intValue()) {
            return;
        }
        if (!troubled) {
            troubled = true;
            Logger.warn("{}: receiving failed: {}", nic.name(), ErrnoException.words(errno));
        }
        if (errno != Errno.ENETDOWN.intValue() || !nic.exists()) {
            broken = true;
            stop();
        }
    }
}
