package org.dhcpcanon.lease;

import java.util.List;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;
import org.dhcpcanon.packet.Prefix;

/**
 * What a server granted.
 *
 * @param hardware the link-layer address it was granted to
 * @param address yiaddr
 * @param nextServer siaddr
 * @param server the server identifier
 * @param times when it ends, and when to ask for more
 * @param requested the parameter request list that was sent, in wire order
 * @param options of the ACK, without those that were not asked for
 */
public record Lease(
        MacAddress hardware,
        Ipv4 address,
        Ipv4 nextServer,
        Ipv4 server,
        LeaseTimes times,
        List<Integer> requested,
        Options options) {
    public Lease {
        requested = List.copyOf(requested);
    }

    /** The subnet, by the mask that the server gave or, without one, by the address class (RFC 950). */
    public Prefix subnet() {
        int length = options.find(Option.SUBNET_MASK)
                .map(mask -> Integer.bitCount(mask.addressAt(0).bits()))
                .orElseGet(() -> classLength(address));
        return new Prefix(address, length);
    }

    private static int classLength(Ipv4 address) {
        int first = address.bits() >>> 24;
        if (first < 128) {
            return 8;
        }
        return first < 192 ? 16 : 24;
    }
}
