package org.dhcpcanon.packet;

import java.nio.ByteBuffer;

/**
 * An Ethernet frame with one UDP datagram over IPv4.
 *
 * @param destination the Ethernet destination
 * @param source the Ethernet source
 * @param sourceAddress the IPv4 source
 * @param destinationAddress the IPv4 destination
 * @param sourcePort 0..65535
 * @param destinationPort 0..65535
 * @param payload at most 65507 octets
 */
public record UdpFrame(
        MacAddress destination,
        MacAddress source,
        Ipv4 sourceAddress,
        Ipv4 destinationAddress,
        int sourcePort,
        int destinationPort,
        Octets payload) {
    static final int PROTOCOL_UDP = 17;
    static final int UDP_HEADER = 8;
    private static final int IP_HEADER = 20;
    private static final int VERSION_4_WITHOUT_OPTIONS = 0x45;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int LARGEST_PAYLOAD = 0xffff - IP_HEADER - UDP_HEADER;
    private static final int IP_CHECKSUM = EthernetLayout.LENGTH + 10;
    private static final int UDP = EthernetLayout.LENGTH + IP_HEADER;
    private static final int UDP_CHECKSUM = UDP + 6;

    public UdpFrame {
        if (payload.length() > LARGEST_PAYLOAD || !isPort(sourcePort) || !isPort(destinationPort)) {
            throw new IllegalArgumentException("not a UDP datagram");
        }
    }

    private static boolean isPort(int number) {
        return number >= 0 && number <= 0xffff;
    }

    /**
     * Reads a received frame that is for the DHCP client port.
     *
     * @param frame starts with the Ethernet header
     * @param length of the frame; if it is more than the array holds, the frame was cut off
     * @param checksumReady false if the kernel says that the UDP checksum is not filled in (a frame that never was on a
     *     wire, {@code TP_STATUS_CSUMNOTREADY}): then it is not verified
     * @throws MalformedPacketException with the reason; never anything else, whatever the bytes are
     */
    public static UdpFrame parse(byte[] frame, int length, boolean checksumReady) throws MalformedPacketException {
        return new UdpFrameReader(frame, length).read(checksumReady);
    }

    /** The frame with these IPv4 header fields, and always with a UDP checksum. */
    public byte[] bytes(IpHeader header) {
        ByteBuffer frame = ByteBuffer.allocate(UDP + UDP_HEADER + payload.length());
        frame.put(destination.octets()).put(source.octets()).putShort((short) EthernetLayout.TYPE_IPV4);
        putIpHeader(frame, header);
        frame.putShort((short) sourcePort).putShort((short) destinationPort);
        frame.putShort((short) udpLength()).putShort((short) 0);
        frame.put(payload.toArray());
        frame.putShort(IP_CHECKSUM, (short) Checksum.of(frame.array(), EthernetLayout.LENGTH, UDP));
        frame.putShort(UDP_CHECKSUM, (short) udpChecksum(frame.array()));
        return frame.array();
    }

    private void putIpHeader(ByteBuffer frame, IpHeader header) {
        frame.put((byte) VERSION_4_WITHOUT_OPTIONS).put((byte) header.typeOfService());
        frame.putShort((short) (IP_HEADER + udpLength()));
        frame.putShort((short) header.identification());
        frame.putShort((short) (header.dontFragment() ? DONT_FRAGMENT : 0));
        frame.put((byte) header.timeToLive()).put((byte) PROTOCOL_UDP).putShort((short) 0);
        frame.putInt(sourceAddress.bits()).putInt(destinationAddress.bits());
    }

    private int udpLength() {
        return UDP_HEADER + payload.length();
    }

    /** Zero on the wire means "no checksum", so a sum of zero is sent as its other form (RFC 768). */
    private int udpChecksum(byte[] frame) {
        int checksum = udpChecksum(frame, UDP - 2 * Integer.BYTES, UDP, UDP + udpLength());
        return checksum == 0 ? 0xffff : checksum;
    }

    /** The checksum over pseudo header and datagram, RFC 768; {@code addresses} is where the two IPv4 addresses are. */
    static int udpChecksum(byte[] frame, int addresses, int udp, int end) {
        long pseudoHeader =
                Checksum.add(PROTOCOL_UDP + (long) end - udp, frame, addresses, addresses + 2 * Integer.BYTES);
        return Checksum.finish(Checksum.add(pseudoHeader, frame, udp, end));
    }
}
