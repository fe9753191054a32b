package org.dhcpcanon.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Octets;

/** Collects what identifies a client. */
final class Traits {
    private static final int REQUESTED_ADDRESS = 50;
    private static final int CLIENT_IDENTIFIER = 61;
    private static final int MOST_TIMES = 8;
    /** What a program says of itself or of the machine, and whether it is the machine's. */
    private static final Map<Integer, String> PERSONAL =
            new TreeMap<>(Map.of(12, "host name", 77, "user class", 81, "FQDN", 97, "machine identifier"));

    private static final Map<Integer, String> OF_PROGRAM = new TreeMap<>(Map.of(
            43,
            "vendor options",
            51,
            "lease time",
            57,
            "message size",
            60,
            "vendor class",
            93,
            "architecture",
            116,
            "auto-configuration",
            124,
            "vendor class (124)",
            125,
            "vendor options (125)",
            161,
            "MUD URL"));
    /** Told of otherwise, or of the protocol. */
    private static final Set<Integer> KNOWN = Set.of(50, 53, 54, 55, 61);

    private final Client client;
    private final List<Trait> traits = new ArrayList<>();

    private Traits(Client client) {
        this.client = client;
    }

    static List<Trait> of(Client client) {
        Traits traits = new Traits(client);
        PERSONAL.forEach((code, name) -> traits.option(code, name, true));
        OF_PROGRAM.forEach((code, name) -> traits.option(code, name, false));
        traits.otherOptions();
        traits.remembered();
        traits.identifier();
        traits.order(Kind.DISCOVER);
        traits.order(Kind.SELECT);
        traits.parameters();
        traits.header();
        traits.length();
        traits.flags();
        traits.times();
        return traits.traits;
    }

    private void add(String name, String value, boolean personal, Sent shown) {
        traits.add(new Trait(name, Printed.shortened(value), personal, shown.frame()));
    }

    private void option(int code, String name, boolean personal) {
        Map<Octets, Sent> values = new java.util.LinkedHashMap<>();
        client.sent().forEach(one -> one.message().find(code).ifPresent(value -> values.putIfAbsent(value, one)));
        values.entrySet().stream()
                .limit(MOST_TIMES)
                .forEach(entry -> add(name, Printed.octets(entry.getKey()), personal, entry.getValue()));
    }

    private void otherOptions() {
        client.sent().stream()
                .flatMap(one -> one.message().codes().stream())
                .filter(code -> !KNOWN.contains(code) && !PERSONAL.containsKey(code) && !OF_PROGRAM.containsKey(code))
                .distinct()
                .sorted()
                .toList()
                .forEach(code -> option(code, "option " + code, false));
    }

    /** The address of an earlier lease, where it need not be told. */
    private void remembered() {
        Map<Ipv4, Sent> values = new java.util.LinkedHashMap<>();
        client.sent(Kind::isBeginning)
                .forEach(one -> one.message()
                        .address(REQUESTED_ADDRESS)
                        .ifPresent(address -> values.putIfAbsent(address, one)));
        values.forEach((address, one) -> add("remembered address", address.toString(), true, one));
    }

    /** One that is made of the hardware address says nothing that this does not say. */
    private void identifier() {
        Octets expected = IdentityRules.expected(client.mac());
        for (Sent one : client.sent()) {
            Optional<Octets> value = one.message().find(CLIENT_IDENTIFIER);
            if (value.isEmpty()) {
                add("client identifier", "none", false, one);
            } else if (value.get().equals(expected)) {
                add("client identifier", "hardware address", false, one);
            } else {
                boolean own = value.get().equals(expected.slice(1, expected.length()));
                add("client identifier", own ? "hardware address without type" : kind(value.get()), !own, one);
            }
            return;
        }
    }

    private static String kind(Octets value) {
        boolean duid = !value.isEmpty() && value.u8At(0) == 255 && value.length() > 6;
        // RFC 4361 §6.1: four octets for the interface, and the machine's DUID behind them.
        return duid ? "DUID " + value.slice(5, value.length()).toColonHex() : value.toColonHex();
    }

    private void order(Kind kind) {
        Set<String> orders = client.sent(kind)
                .map(one -> Check.codes(one.message().codes()))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        client.sent(kind)
                .findFirst()
                .ifPresent(one -> add(
                        "options of " + Check.name(one),
                        orders.size() == 1
                                ? orders.iterator().next()
                                : orders.size() + " orders, first "
                                        + orders.iterator().next(),
                        false,
                        one));
    }

    private void parameters() {
        client.sent().stream()
                .filter(one -> one.message().has(55))
                .findFirst()
                .ifPresent(one -> add("asks for", Check.codes(one.message().parameters()), false, one));
    }

    private void header() {
        Sent first = client.sent().get(0);
        IpHeader header = first.packet().header();
        add(
                "IPv4 header",
                "TTL " + header.timeToLive() + ", TOS " + header.typeOfService() + ", "
                        + (header.dontFragment() ? "DF" : "no DF") + ", ID " + identification(),
                false,
                first);
    }

    private String identification() {
        List<Integer> ids = client.sent().stream()
                .map(one -> one.packet().header().identification())
                .toList();
        if (ids.stream().distinct().count() == 1) {
            return String.valueOf(ids.get(0));
        }
        for (int i = 1; i < ids.size(); i++) {
            int step = (ids.get(i) - ids.get(i - 1)) & 0xffff;
            if (step == 0 || step > 64) {
                return "changes";
            }
        }
        return "counts up";
    }

    private void length() {
        Sent first = client.sent().get(0);
        int end = first.message().end();
        String padding = end < 0 ? "no END option" : end + " behind END";
        add("length", first.message().length() + " octets, " + padding, false, first);
    }

    private void flags() {
        client.sent().stream()
                .filter(one -> one.message().flags() != 0)
                .findFirst()
                .ifPresent(one ->
                        add("flags", "0x" + Integer.toHexString(one.message().flags()), false, one));
        client.sessions().stream()
                .flatMap(session -> session.searches().stream())
                .flatMap(search -> search.stream().filter(one -> HeaderRules.isReversed(search.get(0), one)))
                .findFirst()
                .ifPresent(one -> add("secs", "in the wrong order of octets", false, one));
    }

    private void times() {
        client.sessions().stream()
                .flatMap(session -> session.searches().stream())
                .filter(search -> search.size() > 1)
                .findFirst()
                .ifPresent(search -> add(
                        "DISCOVER again after",
                        gaps(search.stream().map(Sent::at).toList()),
                        false,
                        search.get(0)));
        List<Latency> latencies = Latency.of(client);
        if (!latencies.isEmpty()) {
            String text = latencies.stream()
                    .limit(MOST_TIMES)
                    .map(latency -> Printed.milliseconds(latency.nanoseconds()))
                    .collect(Collectors.joining(", "));
            add("OFFER to REQUEST", text + " ms", false, latencies.get(0).request());
        }
        probes();
    }

    private void probes() {
        List<Seen.Arp> probes = client.arp().filter(ArpRules::isProbe).toList();
        if (!probes.isEmpty()) {
            List<Long> times = probes.stream().map(probe -> probe.frame().at()).toList();
            String target = probes.get(0).packet().targetHardware().toString();
            String gaps = times.size() > 1 ? ", after " + gaps(times) : "";
            traits.add(new Trait(
                    "ARP probes", "for " + target + gaps, false, probes.get(0).frame()));
        }
    }

    private static String gaps(List<Long> times) {
        return java.util.stream.IntStream.range(1, Math.min(times.size(), MOST_TIMES + 1))
                        .mapToObj(i -> Printed.seconds(times.get(i) - times.get(i - 1)))
                        .collect(Collectors.joining(", "))
                + " s";
    }
}
