package org.dhcpcanon.runtime;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.client.LeaseReason;

/**
 * One thing to tell about a lease.
 *
 * @param reason why
 * @param options what the lease holds, by dhclient's names without prefix, as text ({@code ip_address},
 *     {@code dhcp_lease_time}, ...); empty for reasons without a lease
 * @param old the same of the lease before, where there was one
 */
public record LeaseNews(LeaseReason reason, SortedMap<String, String> options, SortedMap<String, String> old) {
    /** No lease. */
    public static final SortedMap<String, String> NOTHING = Collections.emptySortedMap();

    public LeaseNews {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        old = Collections.unmodifiableSortedMap(new TreeMap<>(old));
    }
}
