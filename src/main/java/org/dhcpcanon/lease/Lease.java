package org.dhcpcanon.lease;

import java.util.List;
import java.util.stream.IntStream;
import org.dhcpcanon.packet.BootFields;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;
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
 * @param standing what every message of the session holds alike, as far as it holds it: the parameter request list, the client
 *     identifier, ...
 * @param boot what the server says to those who boot from the network
 * @param options of the ACK, without those that were not asked for
 */
public record Lease(
        MacAddress hardware,
        Ipv4 address,
        Ipv4 nextServer,
        Ipv4 server,
        LeaseTimes times,
        Options standing,
        BootFields boot,
        Options options) {
    /** One that says nothing to those who boot. */
    public Lease(
            MacAddress hardware,
            Ipv4 address,
            Ipv4 nextServer,
            Ipv4 server,
            LeaseTimes times,
            Options standing,
            Options options) {
        this(hardware, address, nextServer, server, times, standing, BootFields.NONE, options);
    }

    /** The parameter request list that was sent, in wire order. */
    public List<Integer> requested() {
        return requested(standing);
    }

    /** The same of what was sent in all messages. */
    public static List<Integer> requested(Options standing) {
        Octets list = standing.find(Option.PARAMETER_REQUEST_LIST).orElse(Octets.EMPTY);
        return IntStream.range(0, list.length()).mapToObj(list::u8At).toList();
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
