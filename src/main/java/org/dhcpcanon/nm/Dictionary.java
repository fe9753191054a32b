package org.dhcpcanon.nm;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.LeaseNews;
import org.freedesktop.dbus.types.Variant;

/** The forms in which news are told: NetworkManager's dictionary, and the environment of a script. */
final class Dictionary {
    private static final Set<LeaseReason> WITH_LEASE =
            EnumSet.of(LeaseReason.BOUND, LeaseReason.REBOOT, LeaseReason.RENEW, LeaseReason.REBIND);

    private static final Set<String> NEEDED = Set.of("ip_address", "dhcp_lease_time");

    private Dictionary() {}

    /** Whether the news bring a lease, rather than the end of one. */
    static boolean bringsLease(LeaseNews news) {
        return WITH_LEASE.contains(news.reason());
    }

    /**
     * Whether NetworkManager can use the news. A lease without {@code dhcp_lease_time} gets a lifetime of 0 there: the connection
     * counts as up and has no address.
     */
    static boolean isUsable(LeaseNews news) {
        return !bringsLease(news) || news.options().keySet().containsAll(NEEDED);
    }

    /** The one argument of Notify, {@code a{sv}}; every value is {@code ay} without NUL. What it had before is not wanted there. */
    static Map<String, Variant<byte[]>> of(ClientRequest request, LeaseNews news) {
        SortedMap<String, Variant<byte[]>> dictionary = new TreeMap<>();
        who(request, news).forEach((name, value) -> dictionary.put(name, octets(value)));
        news.options().forEach((name, value) -> dictionary.put("new_" + name, octets(value)));
        return dictionary;
    }

    /** The environment that dhclient-script documents. */
    static SortedMap<String, String> environment(ClientRequest request, LeaseNews news) {
        SortedMap<String, String> environment = who(request, news);
        environment.put("PATH", "/usr/sbin:/sbin:/bin:/usr/sbin:/usr/bin");
        news.options().forEach((name, value) -> environment.put("new_" + name, value));
        news.old().forEach((name, value) -> environment.put("old_" + name, value));
        return environment;
    }

    private static SortedMap<String, String> who(ClientRequest request, LeaseNews news) {
        return new TreeMap<>(Map.of(
                "interface",
                request.interfaceName(),
                "pid",
                Integer.toString(request.processId()),
                "reason",
                reason(news).name()));
    }

    /** NetworkManager knows no other word for a network without IPv4. */
    private static LeaseReason reason(LeaseNews news) {
        return news.reason() == LeaseReason.V6ONLY ? LeaseReason.FAIL : news.reason();
    }

    private static Variant<byte[]> octets(String value) {
        return new Variant<>(value.getBytes(StandardCharsets.UTF_8), "ay");
    }
}
