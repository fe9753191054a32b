package org.dhcpcanon.linux;

import jnr.ffi.Pointer;
import org.dhcpcanon.packet.Ipv4;

/** The packet that was received last, of whatever socket. One for all links. */
final class Reception {
    /** More than a jumbo frame. */
    private static final int LARGEST = 10_240;

    private final Scratch data = new Scratch(LARGEST);
    private final Pointer sender = Libc.allocate(SocketAddress.INTERNET);
    private final MessageHeader header = new MessageHeader(data);

    /** The length, or -1 and an errno if there is none. */
    int receive(int fd) {
        header.name(sender, SocketAddress.INTERNET);
        header.wholeControl();
        return (int) Libc.C.recvmsg(fd, header.pointer(), 0);
    }

    /** The octets; good until the next call. */
    byte[] fetch(int length) {
        return data.fetch(length);
    }

    boolean isCut() {
        return (header.flags() & Linux.MSG_TRUNC) != 0;
    }

    /** For a datagram: who sent it. */
    Ipv4 source() {
        return SocketAddress.address(sender);
    }

    /** For a netlink message: the port of who sent it, 0 for the kernel. */
    int port() {
        return SocketAddress.netlinkPort(sender);
    }

    /** The most octets of one packet that can be fetched. */
    int capacity() {
        return data.length();
    }

    /** For a frame: false if it came from this machine and its UDP checksum was left to hardware that it never reached. */
    boolean isChecksumReady() {
        Pointer control = header.control();
        boolean auxdata = header.controlLength() >= MessageHeader.CONTROL_HEADER + Integer.BYTES
                && control.getInt(8) == Linux.SOL_PACKET
                && control.getInt(12) == Linux.PACKET_AUXDATA;
        return !auxdata || (control.getInt(MessageHeader.CONTROL_HEADER) & Linux.TP_STATUS_CSUMNOTREADY) == 0;
    }
}
