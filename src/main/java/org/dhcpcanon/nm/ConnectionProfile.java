package org.dhcpcanon.nm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhcpcanon.dbus.Plain;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Prefix;
import org.dhcpcanon.runtime.ConnectionFacts;
import org.freedesktop.dbus.types.Variant;

/**
 * A connection as NetworkManager tells it, setting by setting. Of all that is in there little is of interest here; the rest goes back as
 * it came.
 */
record ConnectionProfile(Map<String, Map<String, Variant<?>>> settings) {
    static final String WIFI = "802-11-wireless";
    private static final String WIRED = "802-3-ethernet";
    private static final String IPV4 = "ipv4";
    private static final String METHOD = "method";
    private static final String ROUTES = "route-data";
    private static final String DISABLED = "disabled";
    /** Of {@code dhcp-timeout}. */
    private static final int FOR_EVER = Integer.MAX_VALUE;

    // In the setting that NetworkManager keeps for other programs. This one is adopted, and which method it had before:
    private static final String FORMER_METHOD = "org.dhcpcanon.method";
    // What a connection without IPv4 must not have:
    private static final String FORMER_NAME_SERVERS = "org.dhcpcanon.dns";
    private static final String FORMER_SEARCHES = "org.dhcpcanon.dns-search";
    // Only in what is applied to a device, where the addresses are those of a lease, and how many routes are not:
    private static final String LEASED = "org.dhcpcanon.leased";
    private static final List<String> OURS = List.of(FORMER_METHOD, FORMER_NAME_SERVERS, FORMER_SEARCHES, LEASED);

    private static final List<String> IDENTIFYING =
            List.of("dhcp-client-id", "dhcp-hostname", "dhcp-fqdn", "dhcp-vendor-class-identifier");

    String uuid() {
        return text("connection", "uuid");
    }

    String id() {
        return text("connection", "id");
    }

    /** Such as {@link #WIFI}. */
    String type() {
        return text("connection", "type");
    }

    String method() {
        return text(IPV4, METHOD);
    }

    /** Whether it was adopted, by the word of an administrator; somebody may have changed its method since. */
    boolean isMarked() {
        return data().containsKey(FORMER_METHOD);
    }

    /** Whether IPv4 is ours here. */
    boolean isAdopted() {
        return isMarked() && (method().equals(DISABLED) || isLeased());
    }

    /** Whether the device has the addresses of a lease. */
    boolean isLeased() {
        return data().containsKey(LEASED);
    }

    /** Whether its user wants that an address is given back when it ends. */
    boolean isReleasing() {
        return value(IPV4, "dhcp-send-release")
                .filter(Integer.valueOf(1)::equals)
                .isPresent();
    }

    /** Whether {@code never-default}, {@code ignore-auto-dns} or another such key is set. */
    boolean says(String key) {
        return value(IPV4, key).filter(Boolean.TRUE::equals).isPresent();
    }

    ConnectionFacts facts() {
        List<Prefix> rejected = list(IPV4, "dhcp-reject-servers").stream()
                .flatMap(text -> Prefix.parse(text.toString()).stream())
                .toList();
        int seconds = value(IPV4, "dhcp-timeout").map(Integer.class::cast).orElse(0);
        // A second more, as dhclient gets it: NetworkManager decides first.
        OptionalLong patience =
                seconds > 0 && seconds < FOR_EVER ? OptionalLong.of(seconds + 1L) : OptionalLong.empty();
        return new ConnectionFacts(uuid(), rejected, patience);
    }

    /** What of it would identify this machine, for people. */
    List<String> identifying() {
        return IDENTIFYING.stream()
                .filter(key -> !text(IPV4, key).isEmpty())
                .map(key -> "ipv4." + key + " of the connection")
                .toList();
    }

    /** Whether it has addresses of its own, which it could not keep without IPv4. */
    boolean hasAddresses() {
        return !list(IPV4, "address-data").isEmpty() || !text(IPV4, "gateway").isEmpty();
    }

    /** The same without IPv4, so that NetworkManager asks nobody for an address. */
    ConnectionProfile adopted() {
        Map<String, String> data = data();
        data.put(FORMER_METHOD, method());
        keep(data, FORMER_NAME_SERVERS, addresses(list(IPV4, "dns")));
        keep(data, FORMER_SEARCHES, list(IPV4, "dns-search"));
        return with(data, disabled());
    }

    /** Routes of its own stay, for when there is an address. */
    private Map<String, Variant<?>> disabled() {
        Map<String, Variant<?>> ipv4 = withoutLease();
        ipv4.put(METHOD, new Variant<>(DISABLED, "s"));
        ipv4.put(ROUTES, Ip4Settings.entries(routes()));
        return ipv4;
    }

    private Map<String, Variant<?>> withoutLease() {
        Map<String, Variant<?>> ipv4 = ipv4();
        Ip4Settings.OF_LEASE.forEach(ipv4::remove);
        return ipv4;
    }

    private static void keep(Map<String, String> data, String key, List<?> words) {
        if (!words.isEmpty()) {
            data.put(key, words.stream().map(Object::toString).collect(Collectors.joining(" ")));
        }
    }

    /** NetworkManager has them as numbers in the order of the network, whatever that of the machine is. */
    private static List<Ipv4> addresses(List<?> numbers) {
        return numbers.stream()
                .map(number -> Ip4Settings.address(((Number) number).intValue()))
                .toList();
    }

    /** The same as it was before {@link #adopted}. */
    ConnectionProfile unadopted() {
        if (isLeased()) {
            return unleased().unadopted();
        }
        Map<String, String> data = data();
        Map<String, Variant<?>> ipv4 = ipv4();
        if (method().equals(DISABLED)) {
            ipv4.put(METHOD, new Variant<>(data.getOrDefault(FORMER_METHOD, "auto"), "s"));
            ipv4.putAll(Ip4Settings.names(formerNameServers(), formerSearches()));
        }
        data.keySet().removeAll(OURS);
        return with(data, ipv4);
    }

    /** Those that it had before, which are asked before those of a lease. */
    List<Ipv4> formerNameServers() {
        return words(FORMER_NAME_SERVERS)
                .flatMap(word -> Ipv4.parse(word).stream())
                .toList();
    }

    List<String> formerSearches() {
        return words(FORMER_SEARCHES).toList();
    }

    private Stream<String> words(String key) {
        return Stream.of(data().getOrDefault(key, "").split(" ", -1)).filter(word -> !word.isEmpty());
    }

    /** What is applied to a device, with the addresses of a lease. */
    ConnectionProfile leasing(Addressing addressing) {
        Map<String, String> data = data();
        data.put(LEASED, Integer.toString(routes().size()));
        Map<String, Variant<?>> ipv4 = withoutLease();
        ipv4.putAll(Ip4Settings.of(this, addressing));
        ConnectionProfile leasing = with(data, ipv4);
        return addressing.mtu().isPresent() && settings.containsKey(WIRED)
                ? leasing.withMtu(addressing.mtu().getAsInt())
                : leasing;
    }

    /** NetworkManager changes that of no other device while it is up. */
    private ConnectionProfile withMtu(int mtu) {
        Map<String, Variant<?>> wired = new LinkedHashMap<>(settings.getOrDefault(WIRED, Map.of()));
        wired.put("mtu", Ip4Settings.number(mtu));
        return with(WIRED, wired);
    }

    /** What is applied to a device, without them again. */
    ConnectionProfile unleased() {
        Map<String, String> data = data();
        data.remove(LEASED);
        return with(data, disabled());
    }

    /** Its own routes; those of a lease follow them in what is applied. */
    List<Map<String, Variant<?>>> routes() {
        List<Map<String, Variant<?>>> all = Ip4Settings.entriesOf(ipv4().get(ROUTES));
        String own = data().get(LEASED);
        return own == null ? all : all.subList(0, Math.min(count(own), all.size()));
    }

    /** Anybody who may change the connection can write there. */
    private static int count(String word) {
        return word.matches("[0-9]{1,9}") ? Integer.parseInt(word) : 0;
    }

    private ConnectionProfile with(Map<String, String> data, Map<String, Variant<?>> ipv4) {
        Map<String, Map<String, Variant<?>>> changed = new LinkedHashMap<>(settings);
        if (data.isEmpty()) {
            changed.remove("user");
        } else {
            changed.put("user", Map.of("data", new Variant<>(data, "a{ss}")));
        }
        return new ConnectionProfile(changed).with(IPV4, ipv4);
    }

    private ConnectionProfile with(String setting, Map<String, Variant<?>> values) {
        Map<String, Map<String, Variant<?>>> changed = new LinkedHashMap<>(settings);
        changed.put(setting, values);
        return new ConnectionProfile(changed);
    }

    private Map<String, Variant<?>> ipv4() {
        return new LinkedHashMap<>(settings.getOrDefault(IPV4, Map.of()));
    }

    private Map<String, String> data() {
        Map<String, String> data = new LinkedHashMap<>();
        if (value("user", "data").orElse(Map.of()) instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> data.put(key.toString(), value.toString()));
        }
        return data;
    }

    private String text(String setting, String key) {
        return value(setting, key).map(Object::toString).orElse("");
    }

    private List<?> list(String setting, String key) {
        return value(setting, key).orElse(List.of()) instanceof List<?> list ? list : List.of();
    }

    private Optional<Object> value(String setting, String key) {
        return Optional.ofNullable(settings.getOrDefault(setting, Map.of()).get(key))
                .map(Plain::of);
    }
}
