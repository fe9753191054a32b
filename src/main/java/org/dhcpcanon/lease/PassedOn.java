package org.dhcpcanon.lease;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dhcpcanon.packet.Ipv4;

/**
 * What of a lease is passed on to NetworkManager, to scripts and to our own D-Bus objects.
 *
 * <p>Everything here comes from a stranger and will end in a shell variable, in a resolver's file or in a parser that throws the
 * whole lease away for one bad value; so what does not fit is left out, and the rest of the lease lives.
 */
public final class PassedOn {
    /** A network that names us, and a network that sets our proxy: both are asked for by nobody. */
    private static final Set<String> NEVER = Set.of("host_name", "wpad");

    private static final Set<String> CLASSLESS =
            Set.of("classless_static_routes", "rfc3442_classless_static_routes", "ms_classless_static_routes");

    /** RFC 3442: a client that got the Classless Static Routes option ignores the Router and Static Routes options. */
    private static final Set<String> SUPERSEDED = Set.of("routers", "static_routes");

    /** Lists of addresses that only hosts can have: a router at 127.0.0.1 or 224.0.0.1 is none. */
    private static final Set<String> HOSTS = Set.of("routers", "domain_name_servers", "ntp_servers");

    /** What every host must be able to take in, RFC 791 §3.1; a smaller one is an attack or a mistake. */
    private static final int SMALLEST_MTU = 576;

    private static final int LARGEST_MTU = 65535;

    private PassedOn() {}

    /** The options that are passed on, by the same names and, but for routes, with the same values. */
    public static SortedMap<String, String> of(Map<String, String> received, RoutePolicy routes) {
        Map<String, String> options = withRoutes(received, routes);
        SortedMap<String, String> kept = new TreeMap<>();
        boolean classless = CLASSLESS.stream().anyMatch(options::containsKey);
        String own = options.getOrDefault("ip_address", "");
        options.forEach((name, value) -> {
            boolean superseded = classless && SUPERSEDED.contains(name);
            String usable = HOSTS.contains(name) ? hosts(value, own) : value;
            if (!superseded && !NEVER.contains(name) && isName(name) && isAcceptable(name, usable)) {
                kept.put(name, usable);
            }
        });
        return kept;
    }

    private static Map<String, String> withRoutes(Map<String, String> received, RoutePolicy routes) {
        if (routes == RoutePolicy.ALL) {
            return received;
        }
        Map<String, String> rest = new TreeMap<>(received);
        String classless = rest.getOrDefault("rfc3442_classless_static_routes", "");
        rest.keySet().removeAll(CLASSLESS);
        rest.remove("static_routes");
        if (routes == RoutePolicy.NONE) {
            rest.remove("routers");
        } else if (!rest.containsKey("routers")) {
            defaultRouter(classless).ifPresent(router -> rest.put("routers", router));
        }
        return rest;
    }

    /** The router of 0.0.0.0/0 in a list of octets as RFC 3442 has it: each destination with its length, and a router. */
    private static Optional<String> defaultRouter(String list) {
        String[] octets = list.split(" ", -1);
        int at = 0;
        while (at < octets.length && !octets[at].equals("0")) {
            at += 5 + (smallNumber(octets[at]).orElse(32) + 7) / 8;
        }
        return at + 4 < octets.length
                ? Optional.of(String.join(".", Arrays.copyOfRange(octets, at + 1, at + 5)))
                : Optional.empty();
    }

    /** Those that are another host than this one, which has no use for itself. */
    private static String hosts(String list, String own) {
        return Arrays.stream(list.split(" ", -1))
                .filter(address -> !address.equals(own))
                .filter(address -> Ipv4.parse(address).filter(Ipv4::isHost).isPresent())
                .collect(Collectors.joining(" "));
    }

    private static boolean isAcceptable(String name, String value) {
        return switch (name) {
            case "interface_mtu" -> isMtu(value);
            // A backslash is dhclient's escape; NetworkManager ignores the whole list for one, resolvers may not.
            case "domain_search" -> isPrintable(value) && value.indexOf('\\') < 0;
            default -> isPrintable(value);
        };
    }

    private static boolean isMtu(String value) {
        Optional<Integer> mtu = smallNumber(value);
        return mtu.isPresent() && mtu.get() >= SMALLEST_MTU && mtu.get() <= LARGEST_MTU;
    }

    private static Optional<Integer> smallNumber(String value) {
        boolean digits =
                !value.isEmpty() && value.length() <= 6 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Integer.parseInt(value)) : Optional.empty();
    }

    private static boolean isPrintable(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
    }
}
