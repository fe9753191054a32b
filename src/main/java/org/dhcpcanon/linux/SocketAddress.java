package org.dhcpcanon.linux;

import jnr.ffi.Pointer;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;

/** Layouts of {@code sockaddr_in}, {@code sockaddr_ll} and {@code sockaddr_nl}. */
final class SocketAddress {
    static final int INTERNET = 16;
    static final int LINK = 20;
    static final int NETLINK = 12;

    private SocketAddress() {}

    static Pointer internet(Ipv4 address, int port) {
        Pointer result = Libc.allocate(INTERNET);
        putInternet(result, address, port);
        return result;
    }

    static void putInternet(Pointer memory, Ipv4 address, int port) {
        memory.putShort(0, (short) Linux.AF_INET);
        putNetworkOrder(memory, 2, port);
        putAddress(memory, 4, address);
    }

    /** All interfaces' packets would be index 0. */
    static Pointer link(int index, int protocol, MacAddress hardware) {
        Pointer result = Libc.allocate(LINK);
        result.putShort(0, (short) Linux.AF_PACKET);
        putNetworkOrder(result, 2, protocol);
        result.putInt(4, index);
        result.putByte(11, (byte) MacAddress.LENGTH);
        result.put(12, hardware.octets(), 0, MacAddress.LENGTH);
        return result;
    }

    /**
     * The kernel's end, or our own with a port that the kernel chooses.
     *
     * @param groups bits of the messages to hear
     */
    static Pointer netlink(int groups) {
        Pointer result = Libc.allocate(NETLINK);
        result.putShort(0, (short) Linux.AF_NETLINK);
        result.putInt(8, groups);
        return result;
    }

    static int netlinkPort(Pointer netlink) {
        return netlink.getInt(4);
    }

    static Ipv4 address(Pointer internet) {
        byte[] octets = new byte[4];
        internet.get(4, octets, 0, octets.length);
        return Ipv4.at(octets, 0);
    }

    static void putAddress(Pointer memory, long offset, Ipv4 address) {
        memory.put(offset, address.octets(), 0, 4);
    }

    private static void putNetworkOrder(Pointer memory, long offset, int value) {
        memory.putByte(offset, (byte) (value >>> 8));
        memory.putByte(offset + 1, (byte) value);
    }
}
