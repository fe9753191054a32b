package org.dhcpcanon.audit;

import java.util.Optional;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;

/**
 * What the link layer says of a packet.
 *
 * @param protocol the EtherType, behind any VLAN tags
 * @param source empty where the capture has no link-layer addresses
 * @param destination as source
 * @param length of the header: where the payload begins
 */
record LinkHeader(int protocol, Optional<MacAddress> source, Optional<MacAddress> destination, int length) {
    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    private static final int VLAN = 0x8100;
    private static final int PROVIDER_VLAN = 0x88a8;

    /** Empty if the header is not whole. */
    static Optional<LinkHeader> of(Frame frame) {
        Octets bytes = frame.bytes();
        return switch (frame.link()) {
            case ETHERNET -> ethernet(bytes);
            case RAW -> raw(bytes);
            case LINUX_COOKED -> cooked(bytes, 16, 14, 4, 6);
            case LINUX_COOKED_2 -> cooked(bytes, 20, 0, 10, 12);
        };
    }

    private static Optional<LinkHeader> ethernet(Octets bytes) {
        int at = 12;
        while (bytes.length() >= at + 6 && isVlan(bytes.u16At(at))) {
            at += 4;
        }
        if (bytes.length() < at + 2) {
            return Optional.empty();
        }
        return Optional.of(new LinkHeader(bytes.u16At(at), macAt(bytes, 6), macAt(bytes, 0), at + 2));
    }

    private static boolean isVlan(int type) {
        return type == VLAN || type == PROVIDER_VLAN;
    }

    private static Optional<LinkHeader> raw(Octets bytes) {
        boolean ipv4 = !bytes.isEmpty() && bytes.u8At(0) >>> 4 == 4;
        return Optional.of(new LinkHeader(ipv4 ? IPV4 : 0, Optional.empty(), Optional.empty(), 0));
    }

    /** The length of the address is one octet in the second version, and the low octet of two in the first. */
    private static Optional<LinkHeader> cooked(Octets bytes, int length, int protocol, int size, int address) {
        if (bytes.length() < length) {
            return Optional.empty();
        }
        int octets = size == 4 ? bytes.u16At(size) : bytes.u8At(size + 1);
        Optional<MacAddress> source = octets == MacAddress.LENGTH ? macAt(bytes, address) : Optional.empty();
        return Optional.of(new LinkHeader(bytes.u16At(protocol), source, Optional.empty(), length));
    }

    private static Optional<MacAddress> macAt(Octets bytes, int at) {
        return Optional.of(MacAddress.at(bytes.slice(at, at + MacAddress.LENGTH).toArray(), 0));
    }
}
