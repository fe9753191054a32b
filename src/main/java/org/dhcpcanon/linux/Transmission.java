package org.dhcpcanon.linux;

import java.io.IOException;
import jnr.ffi.Pointer;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;

/** Hands packets to the kernel. One for all links. */
final class Transmission {
    private static final int LARGEST = 2048;
    private static final int ETHERNET_TYPE = 12;
    private static final int IN_PKTINFO = 12;
    private static final int SERVER_PORT = 67;

    private final Scratch data = new Scratch(LARGEST);
    private final Pointer name = Libc.allocate(SocketAddress.INTERNET);
    private final MessageHeader header = new MessageHeader(data);

    /** Sends a whole frame, Ethernet header included, by any packet socket. */
    void sendFrame(int fd, int interfaceIndex, byte[] frame) throws IOException {
        put(frame);
        int protocol = (frame[ETHERNET_TYPE] & 0xff) << 8 | (frame[ETHERNET_TYPE + 1] & 0xff);
        Pointer link = SocketAddress.link(interfaceIndex, protocol, MacAddress.BROADCAST);
        long sent = Libc.C.sendto(fd, data.memory(), frame.length, 0, link, SocketAddress.LINK);
        ErrnoException.check(sent, "sendto");
    }

    /** Sends a datagram with this source address, which the machine must have. */
    void sendDatagram(int fd, int interfaceIndex, Ipv4 source, Ipv4 server, byte[] payload) throws IOException {
        put(payload);
        SocketAddress.putInternet(name, server, SERVER_PORT);
        header.name(name, SocketAddress.INTERNET);
        header.dataLength(payload.length);
        putPacketInfo(interfaceIndex, source);
        long sent = Libc.C.sendmsg(fd, header.pointer(), 0);
        ErrnoException.check(sent, "sendmsg");
    }

    private void put(byte[] bytes) throws IOException {
        if (bytes.length > LARGEST) {
            throw new IOException("a packet of " + bytes.length + " octets is too long");
        }
        data.put(bytes);
    }

    private void putPacketInfo(int interfaceIndex, Ipv4 source) {
        Pointer control = header.control();
        control.putLong(0, MessageHeader.CONTROL_HEADER + IN_PKTINFO);
        control.putInt(8, Linux.IPPROTO_IP);
        control.putInt(12, Linux.IP_PKTINFO);
        control.putInt(MessageHeader.CONTROL_HEADER, interfaceIndex);
        SocketAddress.putAddress(control, MessageHeader.CONTROL_HEADER + 4L, source);
        // Room for a whole number of words, CMSG_SPACE.
        header.controlLength(MessageHeader.CONTROL_HEADER + 16);
    }
}
