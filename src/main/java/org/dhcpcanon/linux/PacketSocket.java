package org.dhcpcanon.linux;

import java.io.IOException;
import jnr.ffi.Pointer;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.runtime.LinkListener;

/** A packet socket that hears the replies of one transaction. */
final class PacketSocket {
    private final Wire wire;
    private final int fd;
    private final int transactionId;
    private final SocketReader reader;

    private PacketSocket(Wire wire, int fd, int transactionId, SocketReader reader) {
        this.wire = wire;
        this.fd = fd;
        this.transactionId = transactionId;
        this.reader = reader;
    }

    static PacketSocket open(
            Wire wire, EthernetInterface nic, LinkListener listener, NextHop nextHop, int transactionId)
            throws IOException {
        int fd = openDeaf();
        try {
            SocketFilter.ofFrames(transactionId, nic.hardware()).attach(fd);
            SocketOption.set(fd, Linux.SOL_SOCKET, Linux.SO_LOCK_FILTER, 1, "SO_LOCK_FILTER");
            SocketOption.set(fd, Linux.SOL_PACKET, Linux.PACKET_AUXDATA, 1, "PACKET_AUXDATA");
            bind(fd, nic);
        } catch (IOException failure) {
            wire.closer().close(fd);
            throw failure;
        }
        SocketReader reader = SocketReader.ofFrames(wire, nic, listener, fd, nextHop);
        reader.start();
        return new PacketSocket(wire, fd, transactionId, reader);
    }

    /**
     * A socket that can send. It hears nothing before it is bound to a protocol: so nothing unfiltered is ever queued, and the kernel
     * does not have to take it off another protocol first, which takes 8 ms.
     */
    private static int openDeaf() throws IOException {
        int type = Linux.SOCK_RAW | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        return ErrnoException.descriptor(Libc.C.socket(Linux.AF_PACKET, type, 0), "socket(AF_PACKET)");
    }

    private static void bind(int fd, EthernetInterface nic) throws IOException {
        Pointer address = SocketAddress.link(nic.index(), Linux.ETH_P_IP, MacAddress.ZERO);
        ErrnoException.check(Libc.C.bind(fd, address, SocketAddress.LINK), "bind(AF_PACKET)");
    }

    /** Sends one frame by a socket of its own. */
    static void sendOnce(Wire wire, EthernetInterface nic, byte[] frame) throws IOException {
        int fd = openDeaf();
        try {
            wire.out().sendFrame(fd, nic.index(), frame);
        } finally {
            wire.closer().close(fd);
        }
    }

    /** False also if it hears nothing any more. */
    boolean isFor(int wantedTransactionId) {
        return transactionId == wantedTransactionId && !reader.isBroken();
    }

    int descriptor() {
        return fd;
    }

    void close() {
        reader.stop();
        wire.closer().close(fd);
    }
}
