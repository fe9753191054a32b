package org.dhcpcanon.packet;

/**
 * Checks one received frame from the outside to the inside. Each length is checked against what is really there before
 * anything behind it is read: a header that claims more than the frame has was the cause of CVE-2015-8605.
 */
final class UdpFrameReader {
    private static final int IP = EthernetLayout.LENGTH;
    private static final int SMALLEST_IP_HEADER = 20;
    private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;
    private static final int CLIENT_PORT = 68;

    private final byte[] frame;
    private final int length;

    UdpFrameReader(byte[] frame, int length) {
        this.frame = frame;
        this.length = length;
    }

    UdpFrame read(boolean checksumReady) throws MalformedPacketException {
        require(length <= frame.length && length >= IP, DropReason.TRUNCATED);
        require(u16(EthernetLayout.TYPE) == EthernetLayout.TYPE_IPV4, DropReason.NOT_IPV4);
        int udp = checkIpHeader();
        require(u8(IP + 9) == UdpFrame.PROTOCOL_UDP, DropReason.NOT_DHCP);
        int end = checkUdpHeader(udp, IP + u16(IP + 2), checksumReady);
        return new UdpFrame(
                MacAddress.at(frame, EthernetLayout.DESTINATION),
                MacAddress.at(frame, EthernetLayout.SOURCE),
                Ipv4.at(frame, IP + 12),
                Ipv4.at(frame, IP + 16),
                u16(udp),
                u16(udp + 2),
                Octets.copyOf(frame, udp + UdpFrame.UDP_HEADER, end));
    }

    /** Where the IPv4 payload starts; IPv4 options are skipped, and Ethernet padding behind the datagram is allowed. */
    private int checkIpHeader() throws MalformedPacketException {
        require(length >= IP + SMALLEST_IP_HEADER, DropReason.TRUNCATED);
        int headerLength = (u8(IP) & 0xf) * 4;
        int totalLength = u16(IP + 2);
        require(u8(IP) >>> 4 == 4 && headerLength >= SMALLEST_IP_HEADER, DropReason.BAD_IP_HEADER);
        require(totalLength >= headerLength, DropReason.BAD_IP_HEADER);
        require(totalLength <= length - IP, DropReason.TRUNCATED);
        require(Checksum.of(frame, IP, IP + headerLength) == 0, DropReason.BAD_IP_CHECKSUM);
        require((u16(IP + 6) & MORE_FRAGMENTS_OR_OFFSET) == 0, DropReason.FRAGMENT);
        return IP + headerLength;
    }

    /** Where the datagram ends; that may be before the end of the IPv4 payload, as the kernel allows too. */
    private int checkUdpHeader(int udp, int end, boolean checksumReady) throws MalformedPacketException {
        require(end - udp >= UdpFrame.UDP_HEADER, DropReason.BAD_UDP_LENGTH);
        require(u16(udp + 2) == CLIENT_PORT, DropReason.NOT_DHCP);
        int udpLength = u16(udp + 4);
        require(udpLength >= UdpFrame.UDP_HEADER && udpLength <= end - udp, DropReason.BAD_UDP_LENGTH);
        // RFC 768: zero says that the sender made no checksum.
        boolean verify = checksumReady && u16(udp + 6) != 0;
        boolean right = !verify || UdpFrame.udpChecksum(frame, IP + 12, udp, udp + udpLength) == 0;
        require(right, DropReason.BAD_UDP_CHECKSUM);
        return udp + udpLength;
    }

    private int u8(int at) {
        return frame[at] & 0xff;
    }

    private int u16(int at) {
        return u8(at) << 8 | u8(at + 1);
    }

    private static void require(boolean condition, DropReason reason) throws MalformedPacketException {
        if (!condition) {
            throw new MalformedPacketException(reason);
        }
    }
}
