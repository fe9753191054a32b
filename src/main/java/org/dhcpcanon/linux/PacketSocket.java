package org.dhcpcanon.linux;

import java.io.IOException;
import jnr.ffi.Pointer;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.runtime.LinkListener;
import org.jspecify.annotations.Nullable;

/**
 * A packet socket that hears what its filter lets through, which is settled when it is opened. It never hears what this machine sends:
 * that is shown to the sockets of all protocols only.
 */
final class PacketSocket {
    private final Wire wire;
    private final int fd;
    private final SocketReader reader;

    private PacketSocket(Wire wire, int fd, SocketReader reader) {
        this.wire = wire;
        this.fd = fd;
        this.reader = reader;
        reader.start();
    }

    /** Hears the DHCP replies of one transaction. */
    static PacketSocket ofReplies(
            Wire wire, EthernetInterface nic, LinkListener listener, NextHop nextHop, int transactionId)
            throws IOException {
        int fd = open(wire, nic, Linux.ETH_P_IP, SocketFilter.ofFrames(transactionId, nic.hardware()));
        return new PacketSocket(wire, fd, SocketReader.ofFrames(wire, nic, listener, fd, nextHop));
    }

    /** Hears the ARP packets of others which use or probe this address. */
    static PacketSocket ofConflicts(Wire wire, EthernetInterface nic, LinkListener listener, Ipv4 address)
            throws IOException {
        int fd = open(wire, nic, Linux.ETH_P_ARP, SocketFilter.ofConflicts(address, nic.hardware()));
        return new PacketSocket(wire, fd, SocketReader.ofArp(wire, nic, listener, fd));
    }

    private static int open(Wire wire, EthernetInterface nic, int protocol, SocketFilter filter) throws IOException {
        int fd = openDeaf();
        try {
            filter.attach(fd);
            SocketOption.set(fd, Linux.SOL_SOCKET, Linux.SO_LOCK_FILTER, 1, "SO_LOCK_FILTER");
            SocketOption.set(fd, Linux.SOL_PACKET, Linux.PACKET_AUXDATA, 1, "PACKET_AUXDATA");
            Pointer address = SocketAddress.link(nic.index(), protocol, MacAddress.ZERO);
            ErrnoException.check(Libc.C.bind(fd, address, SocketAddress.LINK), "bind(AF_PACKET)");
            return fd;
        } catch (IOException failure) {
            wire.closer().close(fd);
            throw failure;
        }
    }

    /**
     * A socket that can send. It hears nothing before it is bound to a protocol: so nothing unfiltered is ever queued, and the kernel
     * does not have to take it off another protocol first, which takes 8 ms.
     */
    private static int openDeaf() throws IOException {
        int type = Linux.SOCK_RAW | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        int fd = ErrnoException.descriptor(Libc.C.socket(Linux.AF_PACKET, type, 0), "socket(AF_PACKET)");
        try {
            SocketOption.mark(fd);
            return fd;
        } catch (ErrnoException failure) {
            Libc.C.close(fd);
            throw failure;
        }
    }

    /**
     * Sends one frame.
     *
     * @param open if null, the frame gets a socket of its own
     */
    static void send(Wire wire, @Nullable PacketSocket open, EthernetInterface nic, byte[] frame) throws IOException {
        if (open != null) {
            wire.out().sendFrame(open.fd, nic.index(), frame);
            return;
        }
        int fd = openDeaf();
        try {
            wire.out().sendFrame(fd, nic.index(), frame);
        } finally {
            wire.closer().close(fd);
        }
    }

    /** Whether it hears nothing any more though it should. */
    boolean isBroken() {
        return reader.isBroken();
    }

    int descriptor() {
        return fd;
    }

    void close() {
        reader.stop();
        wire.closer().close(fd);
    }
}
