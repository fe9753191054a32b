package org.dhcpcanon.linux;

import java.lang.ref.Reference;
import jnr.ffi.Pointer;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;

/**
 * Classic BPF programs, which the kernel runs on each packet before it queues it. All are lists of loads and comparisons; a
 * comparison that fails drops the packet, and so does a load beyond its end.
 */
final class SocketFilter {
    /** Lets nothing through. */
    static final SocketFilter CLOSED = new SocketFilter().answer(0);

    private static final int SOCK_FILTER = 8;
    private static final int SOCK_FPROG = 16;
    private static final int LONGEST = 32;

    private static final int LOAD_32 = 0x00;
    private static final int LOAD_16 = 0x08;
    private static final int LOAD_8 = 0x10;
    private static final int ABSOLUTE = 0x20;
    /** At the offset plus the index register. */
    private static final int INDEXED = 0x40;
    /** Index register = 4 * (octet and 15): the length of an IPv4 header, options included. */
    private static final int INDEX_BY_HEADER_LENGTH = 0xb1;

    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;
    private static final int WHOLE_PACKET = 0x40000;
    /** Stands for the distance to the end of the program until that is known. */
    private static final int DROP = 0xff;

    /** Pretended offset of {@code skb->pkt_type}, SKF_AD_OFF + SKF_AD_PKTTYPE. */
    private static final int PACKET_TYPE = -0x1000 + 4;

    private static final int PACKET_OTHERHOST = 3;

    /** Pretended offset of what says whether a VLAN tag was taken off, SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT. */
    private static final int TAGGED = -0x1000 + 48;

    private static final int IP = 14;
    private static final int IP_FRAGMENT = IP + 6;
    private static final int IP_PROTOCOL = IP + 9;
    private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;
    private static final int OFFSET = 0x1fff;
    private static final int PROTOCOL_UDP = 17;

    private static final int ARP = 14;
    private static final int ETHERNET_AND_IPV4 = 0x0001_0800;
    private static final int ARP_LENGTHS = ARP + 4;
    private static final int SIX_AND_FOUR = 0x0604;
    private static final int ARP_OPERATION = ARP + 6;
    private static final int ARP_SENDER_HARDWARE = ARP + 8;
    private static final int ARP_SENDER_PROTOCOL = ARP + 14;
    private static final int ARP_TARGET_PROTOCOL = ARP + 24;

    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int UDP_DESTINATION = 2;
    private static final int UDP_HEADER = 8;
    private static final int XID = 4;
    private static final int CHADDR = 28;

    private final Pointer program = Libc.allocate(LONGEST * SOCK_FILTER);
    private int length;

    private SocketFilter() {}

    /**
     * For a packet socket: unfragmented UDP datagrams over IPv4, for this host, to the client port, with a BOOTREPLY of this
     * transaction to this hardware.
     */
    static SocketFilter ofFrames(int transactionId, MacAddress hardware) {
        SocketFilter filter = new SocketFilter();
        // Frames of a VLAN that has no interface here come without their tag, but as another host's.
        filter.load(LOAD_32 | ABSOLUTE, PACKET_TYPE).dropIf(JUMP_IF_EQUAL, PACKET_OTHERHOST);
        filter.load(LOAD_16 | ABSOLUTE, IP - 2).require(Linux.ETH_P_IP);
        filter.load(LOAD_8 | ABSOLUTE, IP_PROTOCOL).require(PROTOCOL_UDP);
        filter.load(LOAD_16 | ABSOLUTE, IP_FRAGMENT).dropIf(JUMP_IF_ANY_BIT, MORE_FRAGMENTS_OR_OFFSET);
        filter.load(INDEX_BY_HEADER_LENGTH, IP);
        filter.load(LOAD_16 | INDEXED, IP + UDP_DESTINATION).require(CLIENT_PORT);
        return filter.reply(INDEXED, IP + UDP_HEADER, transactionId, hardware);
    }

    /**
     * For a packet socket: ARP packets of others which say that they have this address, or probe it (RFC 5227 §1.1, §2.1.1). Who "others"
     * are is told by the sender's hardware address in the packet, not by the frame's: an access point that sends a broadcast back to
     * the station, or a bridge, may have put its own there.
     */
    static SocketFilter ofConflicts(Ipv4 address, MacAddress own) {
        SocketFilter filter = new SocketFilter();
        filter.load(LOAD_32 | ABSOLUTE, PACKET_TYPE).dropIf(JUMP_IF_EQUAL, PACKET_OTHERHOST);
        filter.load(LOAD_16 | ABSOLUTE, IP - 2).require(Linux.ETH_P_ARP);
        filter.load(LOAD_32 | ABSOLUTE, ARP).require(ETHERNET_AND_IPV4);
        filter.load(LOAD_16 | ABSOLUTE, ARP_LENGTHS).require(SIX_AND_FOUR);
        filter.load(LOAD_32 | ABSOLUTE, ARP_SENDER_HARDWARE).skipUnless((int) (own.bits() >>> 16), 2);
        filter.load(LOAD_16 | ABSOLUTE, ARP_SENDER_HARDWARE + 4).dropIf(JUMP_IF_EQUAL, (int) own.bits() & 0xffff);
        filter.load(LOAD_32 | ABSOLUTE, ARP_SENDER_PROTOCOL).skipIf(address.bits(), 5);
        filter.require(Ipv4.ANY.bits());
        filter.load(LOAD_16 | ABSOLUTE, ARP_OPERATION).require(ArpPacket.REQUEST);
        filter.load(LOAD_32 | ABSOLUTE, ARP_TARGET_PROTOCOL).require(address.bits());
        return filter.answer(WHOLE_PACKET).resolveDrops().answer(0);
    }

    /** For a packet socket: ARP, and UDP datagrams over IPv4 from or to the ports of DHCP, of anybody, outside of any VLAN. */
    static SocketFilter ofAll() {
        SocketFilter filter = new SocketFilter();
        filter.load(LOAD_32 | ABSOLUTE, TAGGED).dropIf(JUMP_IF_EQUAL, 1);
        filter.load(LOAD_16 | ABSOLUTE, IP - 2).skipIf(Linux.ETH_P_ARP, 12);
        filter.require(Linux.ETH_P_IP);
        filter.load(LOAD_8 | ABSOLUTE, IP_PROTOCOL).require(PROTOCOL_UDP);
        // The later fragments have no ports.
        filter.load(LOAD_16 | ABSOLUTE, IP_FRAGMENT).dropIf(JUMP_IF_ANY_BIT, OFFSET);
        filter.load(INDEX_BY_HEADER_LENGTH, IP);
        filter.load(LOAD_16 | INDEXED, IP).skipIf(SERVER_PORT, 4);
        filter.skipIf(CLIENT_PORT, 3);
        filter.load(LOAD_16 | INDEXED, IP + UDP_DESTINATION).skipIf(SERVER_PORT, 1);
        filter.require(CLIENT_PORT);
        return filter.answer(WHOLE_PACKET).resolveDrops().answer(0);
    }

    /** For a UDP socket, where a packet begins with its UDP header: a BOOTREPLY of this transaction to this hardware. */
    static SocketFilter ofDatagrams(int transactionId, MacAddress hardware) {
        return new SocketFilter().reply(ABSOLUTE, UDP_HEADER, transactionId, hardware);
    }

    private SocketFilter reply(int mode, int payload, int transactionId, MacAddress hardware) {
        load(LOAD_8 | mode, payload).require(Message.BOOTREPLY);
        load(LOAD_32 | mode, payload + XID).require(transactionId);
        load(LOAD_32 | mode, payload + CHADDR).require((int) (hardware.bits() >>> 16));
        load(LOAD_16 | mode, payload + CHADDR + 4).require((int) hardware.bits() & 0xffff);
        return answer(WHOLE_PACKET).resolveDrops().answer(0);
    }

    private SocketFilter load(int code, int offset) {
        return add(code, 0, 0, offset);
    }

    private void require(int value) {
        add(JUMP_IF_EQUAL, 0, DROP, value);
    }

    /** Goes on beyond the next instructions, so many of them, if the value is this one. */
    private void skipIf(int value, int instructions) {
        add(JUMP_IF_EQUAL, instructions, 0, value);
    }

    private void skipUnless(int value, int instructions) {
        add(JUMP_IF_EQUAL, 0, instructions, value);
    }

    private void dropIf(int comparison, int value) {
        add(comparison, DROP, 0, value);
    }

    private SocketFilter answer(int octets) {
        return add(RETURN, 0, 0, octets);
    }

    private SocketFilter add(int code, int ifTrue, int ifFalse, int value) {
        long at = (long) length * SOCK_FILTER;
        program.putShort(at, (short) code);
        program.putByte(at + 2, (byte) ifTrue);
        program.putByte(at + 3, (byte) ifFalse);
        program.putInt(at + 4, value);
        length++;
        return this;
    }

    /** Lets all comparisons jump to the instruction that comes next. */
    private SocketFilter resolveDrops() {
        for (int i = 0; i < length; i++) {
            int row = i * SOCK_FILTER;
            resolve(row + 2, length - i - 1);
            resolve(row + 3, length - i - 1);
        }
        return this;
    }

    private void resolve(int branch, int distance) {
        if (program.getByte(branch) == (byte) DROP) {
            program.putByte(branch, (byte) distance);
        }
    }

    /** Replaces the filter that the socket had; what is queued already stays. */
    void attach(int fd) throws ErrnoException {
        Pointer descriptor = Libc.allocate(SOCK_FPROG);
        descriptor.putShort(0, (short) length);
        descriptor.putAddress(8, program.address());
        try {
            int result = Libc.C.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_ATTACH_FILTER, descriptor, SOCK_FPROG);
            ErrnoException.check(result, "setsockopt(SO_ATTACH_FILTER)");
        } finally {
            // The descriptor holds but the number of its address.
            Reference.reachabilityFence(program);
        }
    }
}
