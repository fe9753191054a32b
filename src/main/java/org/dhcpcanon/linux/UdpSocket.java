package org.dhcpcanon.linux;

import java.io.IOException;
import java.util.Objects;
import jnr.ffi.Pointer;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.runtime.LinkListener;
import org.jspecify.annotations.Nullable;

/** The client port on one interface. It begins quiet: held, so that the kernel sends no errors about it, and deaf. */
final class UdpSocket {
    private static final int CLIENT_PORT = 68;

    private final Wire wire;
    private final EthernetInterface nic;
    private final int fd;
    private final SocketReader reader;
    private @Nullable IpHeader header;
    private @Nullable Integer heard;
    private boolean filterOpen;

    private UdpSocket(Wire wire, EthernetInterface nic, LinkListener listener, int fd) {
        this.wire = wire;
        this.nic = nic;
        this.fd = fd;
        reader = SocketReader.ofDatagrams(wire, nic, listener, fd);
    }

    static UdpSocket open(Wire wire, EthernetInterface nic, LinkListener listener) throws IOException {
        int type = Linux.SOCK_DGRAM | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        int fd = ErrnoException.descriptor(Libc.C.socket(Linux.AF_INET, type, 0), "socket(AF_INET)");
        try {
            SocketFilter.CLOSED.attach(fd);
            SocketOption.mark(fd);
            SocketOption.set(fd, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1, "SO_REUSEADDR");
            SocketOption.set(fd, Linux.SOL_SOCKET, Linux.SO_BROADCAST, 1, "SO_BROADCAST");
            SocketOption.bindToDevice(fd, nic.name());
            Pointer address = SocketAddress.internet(Ipv4.ANY, CLIENT_PORT);
            ErrnoException.check(Libc.C.bind(fd, address, SocketAddress.INTERNET), "bind(port 68)");
        } catch (IOException failure) {
            Libc.C.close(fd);
            throw failure;
        }
        return new UdpSocket(wire, nic, listener, fd);
    }

    /** Hears the replies of this transaction from now on, and none that came before. */
    void hear(int transactionId) throws IOException {
        if (Objects.equals(heard, transactionId)) {
            return;
        }
        quiet();
        while (wire.in().receive(fd) >= 0) {
            // Left over from an earlier transaction; no more can come while the filter is closed.
        }
        filterOpen = true;
        SocketFilter.ofDatagrams(transactionId, nic.hardware()).attach(fd);
        reader.start();
        heard = transactionId;
    }

    /** Hears nothing from now on. */
    void quiet() throws IOException {
        heard = null;
        reader.stop();
        if (filterOpen) {
            SocketFilter.CLOSED.attach(fd);
            filterOpen = false;
        }
    }

    boolean isHearing() {
        return heard != null;
    }

    /** Whether it hears nothing any more though it should. */
    boolean isBroken() {
        return reader.isBroken();
    }

    int descriptor() {
        return fd;
    }

    void send(Destination.Server to, IpHeader wanted, byte[] payload) throws IOException {
        apply(wanted);
        wire.out().sendDatagram(fd, nic.index(), to.source(), to.server(), payload);
    }

    /** The kernel chooses the identification itself: zero if DF is set. */
    private void apply(IpHeader wanted) throws IOException {
        if (wanted.equals(header)) {
            return;
        }
        int discovery = wanted.dontFragment() ? Linux.IP_PMTUDISC_DO : Linux.IP_PMTUDISC_DONT;
        SocketOption.set(fd, Linux.IPPROTO_IP, Linux.IP_TTL, wanted.timeToLive(), "IP_TTL");
        SocketOption.set(fd, Linux.IPPROTO_IP, Linux.IP_TOS, wanted.typeOfService(), "IP_TOS");
        SocketOption.set(fd, Linux.IPPROTO_IP, Linux.IP_MTU_DISCOVER, discovery, "IP_MTU_DISCOVER");
        header = wanted;
    }

    void close() {
        reader.stop();
        Libc.C.close(fd);
    }
}
