package org.dhcpcanon.linux;

import jnr.constants.platform.Errno;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageReader;
import org.dhcpcanon.packet.UdpFrame;
import org.dhcpcanon.runtime.LinkListener;
import org.dhcpcanon.runtime.Subject;
import org.tinylog.Logger;

/** Reads the packets of one socket while it is watched, and tells the listener of the link. */
final class SocketReader {
    private static final int PACKETS_A_TURN = 64;

    private final Wire wire;
    private final EthernetInterface nic;
    private final LinkListener listener;
    private final int fd;
    private final Delivery delivery;

    private boolean watched;
    private boolean troubled;
    private boolean broken;

    /** Tells the listener of the packet that was received last. */
    @FunctionalInterface
    private interface Delivery {
        void deliver(Reception in, int length) throws MalformedPacketException;
    }

    private SocketReader(Wire wire, EthernetInterface nic, LinkListener listener, int fd, Delivery delivery) {
        this.wire = wire;
        this.nic = nic;
        this.listener = listener;
        this.fd = fd;
        this.delivery = delivery;
    }

    static SocketReader ofDatagrams(Wire wire, EthernetInterface nic, LinkListener listener, int fd) {
        return new SocketReader(wire, nic, listener, fd, (in, length) -> {
            Ipv4 source = in.source();
            listener.received(MessageReader.read(in.fetch(length), 0, length), source);
        });
    }

    /**
     * @param nextHop learns from where the frames come
     */
    static SocketReader ofFrames(Wire wire, EthernetInterface nic, LinkListener listener, int fd, NextHop nextHop) {
        return new SocketReader(wire, nic, listener, fd, (in, length) -> {
            UdpFrame frame = UdpFrame.parse(in.fetch(length), length, in.isChecksumReady());
            byte[] payload = frame.payload().toArray();
            Message message = MessageReader.read(payload, 0, payload.length);
            nextHop.learn(message, frame.source());
            listener.received(message, frame.sourceAddress());
        });
    }

    static SocketReader ofArp(Wire wire, EthernetInterface nic, LinkListener listener, int fd) {
        return new SocketReader(
                wire, nic, listener, fd, (in, length) -> listener.heard(ArpPacket.parse(in.fetch(length), length)));
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
        try {
            if (wire.in().isCut()) {
                throw new MalformedPacketException(DropReason.TRUNCATED);
            }
            delivery.deliver(wire.in(), length);
        } catch (MalformedPacketException malformed) {
            listener.dropped(malformed.reason());
        }
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
            Subject.of(nic.name())
                    .during(() -> Logger.warn("{}: receiving failed: {}", nic.name(), ErrnoException.words(errno)));
        }
        if (errno != Errno.ENETDOWN.intValue() || !nic.exists()) {
            broken = true;
            stop();
        }
    }
}
