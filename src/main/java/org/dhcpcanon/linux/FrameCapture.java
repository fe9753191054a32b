package org.dhcpcanon.linux;

import java.io.IOException;
import jnr.constants.platform.Errno;
import jnr.ffi.Pointer;
import org.dhcpcanon.packet.MacAddress;

/**
 * DHCP and ARP of one Ethernet interface as it passes, in both directions and whoever sends it, outside of any VLAN. The interface is not
 * made promiscuous. It may go down, come up and change its address meanwhile.
 */
public final class FrameCapture implements AutoCloseable {
    private static final int LARGEST = 10_240;
    private static final int TURN_MILLISECONDS = 100;
    private static final int POLLFD = 8;
    private static final int TIMESPEC = 16;
    private static final int TPACKET_STATS = 8;
    private static final int SLL_PACKET_TYPE = 10;

    private final EthernetInterface nic;
    private final int fd;
    private final BootClock clock = new BootClock();
    private final Scratch data = new Scratch(LARGEST);
    private final MessageHeader header = new MessageHeader(data);
    private final Pointer sender = Libc.allocate(SocketAddress.LINK);
    private final Pointer polled = Libc.allocate(POLLFD);
    private final Pointer time = Libc.allocate(TIMESPEC);
    private volatile boolean ended;

    /** Is told of each frame. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param at nanoseconds of the wall clock since 1970, when it passed
         * @param outgoing whether this machine sends it
         */
        void passed(long at, boolean outgoing, byte[] frame) throws IOException;
    }

    /** It needs the capability CAP_NET_RAW. */
    public static final class NotAllowedException extends IOException {
        private static final long serialVersionUID = 1L;

        private NotAllowedException(IOException cause) {
            super("to capture packets is for root", cause);
        }
    }

    /** There is no such interface, or it is not Ethernet: the message says so. */
    public static final class NoInterfaceException extends IOException {
        private static final long serialVersionUID = 1L;

        private NoInterfaceException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private FrameCapture(EthernetInterface nic, int fd) {
        this.nic = nic;
        this.fd = fd;
        polled.putInt(0, fd);
        polled.putShort(4, (short) Linux.POLLIN);
        // The kernel notes the times of packets from the first question on.
        Libc.C.ioctl(fd, Linux.SIOCGSTAMPNS, time);
    }

    /**
     * Captures from now on.
     *
     * @throws NotAllowedException if this process may not
     * @throws NoInterfaceException if there is none of this name that can be captured
     */
    public static FrameCapture open(String interfaceName) throws IOException {
        EthernetInterface nic = find(interfaceName);
        int fd = socket();
        try {
            // Before it hears anything, so that nothing unfiltered is ever queued.
            SocketFilter.ofAll().attach(fd);
            Pointer address = SocketAddress.link(nic.index(), Linux.ETH_P_ALL, MacAddress.ZERO);
            ErrnoException.check(Libc.C.bind(fd, address, SocketAddress.LINK), "bind(AF_PACKET)");
            return new FrameCapture(nic, fd);
        } catch (IOException failure) {
            Libc.C.close(fd);
            throw failure;
        }
    }

    private static EthernetInterface find(String interfaceName) throws IOException {
        try {
            return EthernetInterface.find(interfaceName);
        } catch (ErrnoException failure) {
            throw failure;
        } catch (IOException none) {
            throw new NoInterfaceException(none);
        }
    }

    private static int socket() throws IOException {
        int type = Linux.SOCK_RAW | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        try {
            return ErrnoException.descriptor(Libc.C.socket(Linux.AF_PACKET, type, 0), "socket(AF_PACKET)");
        } catch (ErrnoException failure) {
            throw failure.is(Errno.EPERM) ? new NotAllowedException(failure) : failure;
        }
    }

    /**
     * Returns at the end of the time, or soon after {@link #end}.
     *
     * @param seconds 0 for no end
     * @throws IOException if the interface is gone, or the listener throws it
     */
    public void listen(int seconds, Listener listener) throws IOException {
        long deadline = seconds == 0 ? Long.MAX_VALUE : clock.now() + seconds * 1_000_000_000L;
        while (!ended && clock.now() < deadline) {
            Libc.C.poll(polled, 1, TURN_MILLISECONDS);
            drain(listener);
        }
    }

    /** Any thread. */
    public void end() {
        ended = true;
    }

    private void drain(Listener listener) throws IOException {
        int length = receive();
        while (length >= 0) {
            boolean outgoing = sender.getByte(SLL_PACKET_TYPE) == Linux.PACKET_OUTGOING;
            listener.passed(stamp(), outgoing, java.util.Arrays.copyOf(data.fetch(length), length));
            length = receive();
        }
    }

    /** The length, or -1 if there is none now. */
    private int receive() throws IOException {
        header.name(sender, SocketAddress.LINK);
        header.controlLength(0);
        int length = (int) Libc.C.recvmsg(fd, header.pointer(), 0);
        if (length < 0 && Libc.errno() == Errno.ENETDOWN.intValue() && !nic.exists()) {
            throw new IOException("the interface " + nic.name() + " is gone");
        }
        return length;
    }

    private long stamp() {
        if (Libc.C.ioctl(fd, Linux.SIOCGSTAMPNS, time) != 0) {
            return clock.wall();
        }
        return time.getLong(0) * 1_000_000_000L + time.getLong(8);
    }

    /** How many frames passed unseen since this was last asked, as too many came at once. */
    public int lost() throws IOException {
        Pointer statistics = Libc.allocate(TPACKET_STATS);
        Pointer length = Libc.allocate(Integer.BYTES);
        length.putInt(0, TPACKET_STATS);
        int result = Libc.C.getsockopt(fd, Linux.SOL_PACKET, Linux.PACKET_STATISTICS, statistics, length);
        ErrnoException.check(result, "getsockopt(PACKET_STATISTICS)");
        return statistics.getInt(4);
    }

    @Override
    public void close() {
        Libc.C.close(fd);
    }
}
