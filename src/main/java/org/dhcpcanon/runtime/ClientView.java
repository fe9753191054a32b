package org.dhcpcanon.runtime;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.lease.LeaseTimes;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;

/**
 * A client as others see it; immutable, readable from any thread.
 *
 * @param number counts up from 1 in the life of the service and is never used again
 * @param interfaceName the kernel's name
 * @param state the name of the machine's state in lower case, such as {@code bound}
 * @param profile such as {@code strict}
 * @param route see {@link ClientRequest#route}
 * @param address of the lease
 * @param server the server identifier of the lease
 * @param times of the lease
 * @param expiry when the lease ends, seconds since 1970 on the wall clock as it was when the lease began to be shown; empty for never,
 *     and without a lease
 * @param suppressed see {@link ClientRequest#suppressed}
 * @param warnings what people should know
 * @param options the lease as {@link LeaseNews#options}; empty without a lease
 * @param sent how many DHCP messages the kernel has taken from this client, each as one packet
 * @param dropped how many received packets were dropped, by reason; only those that occurred
 */
public record ClientView(
        int number,
        String interfaceName,
        String state,
        String profile,
        String route,
        Optional<Ipv4> address,
        Optional<Ipv4> server,
        Optional<LeaseTimes> times,
        OptionalLong expiry,
        List<String> suppressed,
        List<String> warnings,
        SortedMap<String, String> options,
        long sent,
        Map<DropReason, Long> dropped) {
    public ClientView {
        suppressed = List.copyOf(suppressed);
        warnings = List.copyOf(warnings);
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        Map<DropReason, Long> counters = new EnumMap<>(DropReason.class);
        counters.putAll(dropped);
        dropped = Collections.unmodifiableMap(counters);
    }
}
