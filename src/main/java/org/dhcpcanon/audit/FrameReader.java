package org.dhcpcanon.audit;

import java.util.Optional;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;

/** Finds DHCP and ARP in a packet. Checksums are not looked at: network cards make them after the capture was made. */
final class FrameReader {
    private static final int UDP = 17;
    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int SMALLEST_IP_HEADER = 20;
    private static final int ARP_LENGTH = 28;

    private final Frame frame;
    private final LinkHeader link;
    private final Octets bytes;
    private final int start;

    private FrameReader(Frame frame, LinkHeader link) {
        this.frame = frame;
        this.link = link;
        bytes = frame.bytes();
        start = link.length();
    }

    /**
     * Empty for everything else than DHCPv4 and ARP.
     *
     * @throws MalformedException if it is one of them, and broken
     */
    static Optional<Seen> read(Frame frame) throws MalformedException {
        Optional<LinkHeader> link = LinkHeader.of(frame);
        if (link.isEmpty()) {
            return Optional.empty();
        }
        FrameReader reader = new FrameReader(frame, link.get());
        return switch (link.get().protocol()) {
            case LinkHeader.IPV4 -> reader.datagram();
            case LinkHeader.ARP -> reader.arp();
            default -> Optional.empty();
        };
    }

    private Optional<Seen> datagram() throws MalformedException {
        int headerLength = has(1) ? (bytes.u8At(start) & 0xf) * 4 : 0;
        boolean first = has(SMALLEST_IP_HEADER) && (bytes.u16At(start + 6) & 0x1fff) == 0;
        if (!first || bytes.u8At(start + 9) != UDP || !has(headerLength + 8) || !isDhcp(start + headerLength)) {
            return Optional.empty();
        }
        require(bytes.u8At(start) >>> 4 == 4 && headerLength >= SMALLEST_IP_HEADER, "a broken IPv4 header");
        require((bytes.u16At(start + 6) & 0x2000) == 0, "DHCP in fragments");
        Octets payload = payload(start + headerLength);
        return Optional.of(new Seen.Dhcp(
                frame,
                link,
                header(),
                bytes.addressAt(start + 12),
                bytes.addressAt(start + 16),
                MessageParser.parse(payload)));
    }

    private boolean isDhcp(int udp) {
        int to = bytes.u16At(udp + 2);
        return to == SERVER_PORT || to == CLIENT_PORT;
    }

    private Octets payload(int udp) throws MalformedException {
        int length = bytes.u16At(udp + 4);
        require(length >= 8, "a broken UDP header");
        require(
                udp + length <= bytes.length(),
                "only " + (bytes.length() - udp) + " of " + length + " octets are there");
        return bytes.slice(udp + 8, udp + length);
    }

    private IpHeader header() {
        int fragment = bytes.u16At(start + 6);
        return new IpHeader(
                bytes.u8At(start + 8), bytes.u8At(start + 1), (fragment & 0x4000) != 0, bytes.u16At(start + 4));
    }

    private Optional<Seen> arp() throws MalformedException {
        require(has(ARP_LENGTH), "an ARP packet that is cut off");
        boolean ethernet = bytes.u16At(start) == 1 && bytes.u32At(start + 2) == 0x0800_0604L;
        int operation = bytes.u16At(start + 6);
        if (!ethernet || (operation != ArpPacket.REQUEST && operation != ArpPacket.REPLY)) {
            return Optional.empty();
        }
        ArpPacket packet = new ArpPacket(
                operation, macAt(start + 8), addressAt(start + 14), macAt(start + 18), addressAt(start + 24));
        return Optional.of(new Seen.Arp(frame, link, packet));
    }

    private MacAddress macAt(int at) {
        return MacAddress.at(bytes.slice(at, at + MacAddress.LENGTH).toArray(), 0);
    }

    private Ipv4 addressAt(int at) {
        return bytes.addressAt(at);
    }

    private boolean has(int length) {
        return bytes.length() - start >= length;
    }

    private static void require(boolean condition, String reason) throws MalformedException {
        if (!condition) {
            throw new MalformedException(reason);
        }
    }
}
