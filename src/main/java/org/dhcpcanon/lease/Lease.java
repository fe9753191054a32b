package org.dhcpcanon.lease;

import java.util.List;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Options;

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
}
