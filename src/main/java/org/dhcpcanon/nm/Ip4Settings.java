package org.dhcpcanon.nm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dhcpcanon.packet.Ipv4;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/** NetworkManager's setting {@code ipv4} for the addresses of a lease. */
final class Ip4Settings {
    /** The keys that are a lease's while there is one; older forms of the same among them, which must not contradict. */
    static final List<String> OF_LEASE = List.of(
            "method",
            "addresses",
            "address-data",
            "gateway",
            "routes",
            "route-data",
            "dns",
            "dns-data",
            "dns-search",
            "dad-timeout");

    private Ip4Settings() {}

    static Map<String, Variant<?>> of(ConnectionProfile profile, Addressing addressing) {
        Map<String, Variant<?>> settings = new LinkedHashMap<>(names(
                first(profile.formerNameServers(), addressing.nameServers(), profile.says("ignore-auto-dns")),
                first(profile.formerSearches(), addressing.searches(), profile.says("ignore-auto-dns"))));
        settings.put("method", new Variant<>("manual", "s"));
        settings.put("address-data", entries(List.of(address(addressing))));
        if (!profile.says("never-default")) {
            addressing.gateway().ifPresent(router -> settings.put("gateway", new Variant<>(router.toString(), "s")));
        }
        List<Map<String, Variant<?>>> routes = new ArrayList<>(profile.routes());
        if (!profile.says("ignore-auto-routes")) {
            addressing.routes().forEach(route -> routes.add(route(route)));
        }
        settings.put("route-data", entries(routes));
        // We have looked for conflicts already, and NetworkManager does not say what it finds.
        settings.put("dad-timeout", new Variant<>(0, "i"));
        return settings;
    }

    private static <T> List<T> first(List<T> own, List<T> leased, boolean alone) {
        return alone
                ? own
                : Stream.concat(own.stream(), leased.stream()).distinct().toList();
    }

    /** Name servers and search domains, in the form that every NetworkManager reads. */
    static Map<String, Variant<?>> names(List<Ipv4> servers, List<String> searches) {
        Map<String, Variant<?>> names = new LinkedHashMap<>();
        names.put("dns", new Variant<>(servers.stream().map(Ip4Settings::number).toList(), "au"));
        names.put("dns-search", new Variant<>(searches, "as"));
        return names;
    }

    static Variant<?> entries(List<Map<String, Variant<?>>> entries) {
        return new Variant<>(entries, "aa{sv}");
    }

    /** The reverse of {@link #entries}; none of what is not there, or is something else. */
    static List<Map<String, Variant<?>>> entriesOf(@Nullable Variant<?> value) {
        List<Map<String, Variant<?>>> entries = new ArrayList<>();
        if (value != null && value.getValue() instanceof List<?> list) {
            list.forEach(entry -> entries.add(entry(entry)));
        }
        return entries;
    }

    private static Map<String, Variant<?>> entry(Object value) {
        Map<String, Variant<?>> entry = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> entry.put(key.toString(), (Variant<?>) each));
        }
        return entry;
    }

    private static Map<String, Variant<?>> address(Addressing addressing) {
        return Map.of(
                "address",
                new Variant<>(addressing.address().toString(), "s"),
                "prefix",
                number(addressing.prefixLength()));
    }

    private static Map<String, Variant<?>> route(Addressing.Route route) {
        Map<String, Variant<?>> entry = new LinkedHashMap<>();
        entry.put("dest", new Variant<>(route.destination().network().toString(), "s"));
        entry.put("prefix", number(route.destination().length()));
        if (!route.router().equals(Ipv4.ANY)) {
            entry.put("next-hop", new Variant<>(route.router().toString(), "s"));
        }
        return entry;
    }

    static Variant<?> number(int value) {
        return new Variant<>(new UInt32(value), "u");
    }

    /** As the four octets in memory read as a number of this machine. */
    private static UInt32 number(Ipv4 address) {
        int number =
                ByteBuffer.wrap(address.octets()).order(ByteOrder.nativeOrder()).getInt();
        return new UInt32(Integer.toUnsignedLong(number));
    }

    /** The reverse of {@link #number(Ipv4)}. */
    static Ipv4 address(int number) {
        return Ipv4.at(
                ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(number)
                        .array(),
                0);
    }
}
