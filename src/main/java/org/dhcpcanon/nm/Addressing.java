package org.dhcpcanon.nm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Prefix;

/**
 * What a lease means for an interface. That of a renewed lease is equal as long as nothing has to be changed.
 *
 * @param prefixLength of the subnet, 0..32
 * @param gateway of the default route
 * @param routes all others; a router of 0.0.0.0 means that the destination is on the link
 * @param searches domains that names are looked up in
 */
record Addressing(
        Ipv4 address,
        int prefixLength,
        Optional<Ipv4> gateway,
        List<Route> routes,
        List<Ipv4> nameServers,
        List<String> searches,
        OptionalInt mtu) {
    /** A network, and who leads there. */
    record Route(Prefix destination, Ipv4 router) {}

    Addressing {
        routes = List.copyOf(routes);
        nameServers = List.copyOf(nameServers);
        searches = List.copyOf(searches);
    }

    /**
     * @param options as {@link org.dhcpcanon.runtime.LeaseNews#options}, which have been looked through
     * @return empty without an address
     */
    static Optional<Addressing> of(Map<String, String> options) {
        return Ipv4.parse(options.getOrDefault("ip_address", "")).map(address -> of(address, options));
    }

    private static Addressing of(Ipv4 address, Map<String, String> options) {
        // RFC 3442: who got classless routes is not told of the others any more.
        List<Route> all = new ArrayList<>(classless(options.getOrDefault(
                "rfc3442_classless_static_routes", options.getOrDefault("ms_classless_static_routes", ""))));
        all.addAll(classful(addresses(options, "static_routes")));
        Optional<Ipv4> byDefault = all.stream()
                .filter(route -> route.destination().length() == 0)
                .map(Route::router)
                .findFirst();
        all.removeIf(route -> route.destination().length() == 0);
        return new Addressing(
                address,
                Ipv4.parse(options.getOrDefault("subnet_mask", ""))
                        .map(mask -> Integer.bitCount(mask.bits()))
                        .orElseGet(() -> classfulLength(address)),
                byDefault.or(() -> addresses(options, "routers").stream().findFirst()),
                all,
                addresses(options, "domain_name_servers"),
                words(options.getOrDefault("domain_search", options.getOrDefault("domain_name", ""))),
                mtu(options));
    }

    private static OptionalInt mtu(Map<String, String> options) {
        String text = options.get("interface_mtu");
        return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    }

    private static List<Ipv4> addresses(Map<String, String> options, String name) {
        return words(options.getOrDefault(name, "")).stream()
                .flatMap(word -> Ipv4.parse(word).stream())
                .toList();
    }

    /** RFC 3442: for each route the length of its destination, as many octets as that needs, and the router. */
    private static List<Route> classless(String text) {
        List<Integer> octets =
                words(text).stream().map(word -> Integer.parseInt(word) & 0xff).toList();
        List<Route> routes = new ArrayList<>();
        int at = 0;
        while (at < octets.size()) {
            int length = Math.min(octets.get(at), Integer.SIZE);
            int significant = (length + 7) / 8;
            if (at + 1 + significant + 4 > octets.size()) {
                break;
            }
            Ipv4 destination = address(octets.subList(at + 1, at + 1 + significant));
            Ipv4 router = address(octets.subList(at + 1 + significant, at + 5 + significant));
            routes.add(new Route(new Prefix(destination, length), router));
            at += 5 + significant;
        }
        return routes;
    }

    /** Octets that are missing are zero. */
    private static Ipv4 address(List<Integer> octets) {
        int bits = 0;
        for (int i = 0; i < 4; i++) {
            bits = bits << 8 | (i < octets.size() ? octets.get(i) : 0);
        }
        return new Ipv4(bits);
    }

    /** RFC 2132 §5.8: pairs of a destination, whose length is that of its class, and a router. */
    private static List<Route> classful(List<Ipv4> pairs) {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            Ipv4 destination = pairs.get(i);
            Prefix network = new Prefix(destination, classfulLength(destination));
            boolean isHost = !network.network().equals(destination);
            routes.add(new Route(isHost ? new Prefix(destination, Integer.SIZE) : network, pairs.get(i + 1)));
        }
        return routes;
    }

    private static int classfulLength(Ipv4 address) {
        int first = address.bits() >>> 24;
        return first < 128 ? 8 : first < 192 ? 16 : 24;
    }
}
