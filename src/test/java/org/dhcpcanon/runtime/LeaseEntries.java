package org.dhcpcanon.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.lease.LeaseVariables;
import org.dhcpcanon.lease.PassedOn;
import org.dhcpcanon.lease.RoutePolicy;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Options;

/** Entries of lease files for tests. */
public final class LeaseEntries {
    static final long RENEW = 1_795_618_896L;

    private LeaseEntries() {}

    /** Of a lease with few options. */
    public static LeaseEntry simple() {
        return of(Map.of(), 3600, RouteChoice.AS_SENT);
    }

    /** Whether the routers in what is passed on are the server's. */
    enum RouteChoice {
        AS_SENT,
        ANOTHER_ROUTER
    }

    /** All that the server sends is asked for. */
    static LeaseEntry of(Map<Integer, Octets> more, long seconds, RouteChoice routes) {
        try {
            Message ack = Replies.ack(1, seconds);
            Map<Integer, Octets> options = new LinkedHashMap<>(ack.options().asMap());
            options.putAll(more);
            int[] asked = options.keySet().stream().mapToInt(Integer::intValue).toArray();
            Lease lease = LeaseReader.read(ack.withOptions(Options.of(options)), Replies.asking(asked), 0, 0);
            SortedMap<String, String> passedOn =
                    new TreeMap<>(PassedOn.of(LeaseVariables.of(lease, 0), RoutePolicy.ALL));
            if (routes == RouteChoice.ANOTHER_ROUTER) {
                passedOn.put("routers", "192.0.2.8 192.0.2.9");
            }
            long end = lease.times().expiresAt();
            return new LeaseEntry(
                    "eth0", lease, passedOn, RENEW, RENEW + 60, end == Long.MAX_VALUE ? end : RENEW + 90, false);
        } catch (MalformedPacketException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
