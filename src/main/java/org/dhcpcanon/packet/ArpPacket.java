package org.dhcpcanon.packet;

import java.nio.ByteBuffer;

/**
 * An ARP packet about IPv4 over Ethernet, RFC 826.
 *
 * @param operation {@link #REQUEST} or {@link #REPLY}
 * @param senderHardware who sends
 * @param senderProtocol what address the sender says to have; 0.0.0.0 in a probe
 * @param targetHardware whom it is for; ignored in requests
 * @param targetProtocol the address that is asked for or announced
 */
public record ArpPacket(
        int operation, MacAddress senderHardware, Ipv4 senderProtocol, MacAddress targetHardware, Ipv4 targetProtocol) {
    public static final int REQUEST = 1;
    public static final int REPLY = 2;
    private static final int ARP = EthernetLayout.LENGTH;
    private static final int LENGTH = ARP + 28;
    /** Ethernet, IPv4, six and four octets of address: hrd, pro, hln and pln of RFC 826. */
    private static final long IPV4_OVER_ETHERNET = 0x0001_0800_0604L;

    public ArpPacket {
        if (operation != REQUEST && operation != REPLY) {
            throw new IllegalArgumentException("not an ARP operation: " + operation);
        }
    }

    /** Asks whether anybody has an address, without saying that we do (RFC 5227 §2.1.1). */
    public static ArpPacket probe(MacAddress own, Ipv4 address) {
        return new ArpPacket(REQUEST, own, Ipv4.ANY, MacAddress.ZERO, address);
    }

    /** Says that an address is ours from now on (RFC 5227 §2.3). */
    public static ArpPacket announcement(MacAddress own, Ipv4 address) {
        return new ArpPacket(REQUEST, own, address, MacAddress.ZERO, address);
    }

    /**
     * Reads a received frame.
     *
     * @param frame starts with the Ethernet header
     * @param length of the frame; if it is more than the array holds, the frame was cut off
     * @throws MalformedPacketException with the reason; never anything else, whatever the bytes are
     */
    public static ArpPacket parse(byte[] frame, int length) throws MalformedPacketException {
        require(length <= frame.length && length >= ARP, DropReason.TRUNCATED);
        ByteBuffer buffer = ByteBuffer.wrap(frame, 0, length);
        require(buffer.getShort(EthernetLayout.TYPE) == EthernetLayout.TYPE_ARP, DropReason.NOT_IPV4);
        require(length >= LENGTH, DropReason.TRUNCATED);
        int operation = buffer.getShort(ARP + 6);
        boolean known = operation == REQUEST || operation == REPLY;
        require(known && buffer.getLong(ARP) >>> 16 == IPV4_OVER_ETHERNET, DropReason.BAD_ARP);
        return new ArpPacket(
                operation,
                MacAddress.at(frame, ARP + 8),
                Ipv4.at(frame, ARP + 14),
                MacAddress.at(frame, ARP + 18),
                Ipv4.at(frame, ARP + 24));
    }

    private static void require(boolean condition, DropReason reason) throws MalformedPacketException {
        if (!condition) {
            throw new MalformedPacketException(reason);
        }
    }

    /** The frame: to everybody for a request, to the target for a reply. */
    public byte[] bytes() {
        MacAddress destination = operation == REQUEST ? MacAddress.BROADCAST : targetHardware;
        ByteBuffer frame = ByteBuffer.allocate(LENGTH);
        frame.put(destination.octets()).put(senderHardware.octets()).putShort((short) EthernetLayout.TYPE_ARP);
        frame.putLong(IPV4_OVER_ETHERNET << 16 | operation);
        frame.put(senderHardware.octets()).putInt(senderProtocol.bits());
        frame.put(targetHardware.octets()).putInt(targetProtocol.bits());
        return frame.array();
    }
}
