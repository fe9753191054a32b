package org.dhcpcanon.bus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.lease.LeaseTimes;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.runtime.ClientView;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/**
 * One interface of one object, with the values that its properties have now.
 *
 * @param properties by name; empty if the interface has none
 */
record Face(String name, Map<String, Variant<?>> properties) {
    private static final UInt64 NONE = new UInt64(0);
    private static final UInt64 NEVER = new UInt64(UInt64.MAX_BIG_VALUE.toString());

    Face {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    static Face manager(String version, List<String> profiles, List<String> clients) {
        Map<String, Variant<?>> properties = new LinkedHashMap<>();
        properties.put("Version", text(version));
        properties.put("Profiles", new Variant<>(profiles, "as"));
        properties.put("Clients", new Variant<>(clients, "ao"));
        return new Face(Names.MANAGER, properties);
    }

    static Face client(ClientView view) {
        Map<String, Variant<?>> properties = new LinkedHashMap<>();
        properties.put("Interface", text(view.interfaceName()));
        properties.put("State", text(view.state()));
        properties.put("Profile", text(view.profile()));
        properties.put("Route", text(view.route()));
        properties.put("Address", address(view.address()));
        properties.put("ServerIdentifier", address(view.server()));
        putTimes(properties, view);
        properties.put("Suppressed", new Variant<>(view.suppressed(), "as"));
        properties.put("Warnings", new Variant<>(view.warnings(), "as"));
        properties.put("Sent", new Variant<>(new UInt64(view.sent()), "t"));
        properties.put("Dropped", dropped(view));
        properties.put("Lease", lease(view));
        return new Face(Names.CLIENT, properties);
    }

    private static void putTimes(Map<String, Variant<?>> properties, ClientView view) {
        Optional<LeaseTimes> times = view.times();
        properties.put("LeaseStart", time(times.map(LeaseTimes::startedAt)));
        properties.put("RenewalTime", time(times.map(LeaseTimes::renewAt)));
        properties.put("RebindingTime", time(times.map(LeaseTimes::rebindAt)));
        properties.put("ExpiryTime", time(times.map(LeaseTimes::expiresAt)));
        UInt64 never = times.isPresent() ? NEVER : NONE;
        properties.put(
                "ExpiryWallClock",
                new Variant<>(
                        view.expiry().isPresent() ? new UInt64(view.expiry().getAsLong()) : never, "t"));
    }

    /** @param nanoseconds on the boot clock; {@code Long.MAX_VALUE} for never */
    private static Variant<?> time(Optional<Long> nanoseconds) {
        UInt64 time = nanoseconds
                .map(value -> value == Long.MAX_VALUE ? NEVER : new UInt64(TimeUnit.NANOSECONDS.toMicros(value)))
                .orElse(NONE);
        return new Variant<>(time, "t");
    }

    static Face config(ClientView view) {
        return new Face(Names.CONFIG, Map.of("Options", new Variant<>(strings(view.options()), "a{sv}")));
    }

    /** A dictionary of strings, as {@code a{sv}}. */
    static Map<String, Variant<?>> strings(Map<String, String> values) {
        Map<String, Variant<?>> strings = new LinkedHashMap<>();
        values.forEach((name, value) -> strings.put(name, text(value)));
        return strings;
    }

    /** What differs from an earlier state of the same interface. */
    Map<String, Variant<?>> since(Face earlier) {
        Map<String, Variant<?>> changed = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (!value.equals(earlier.properties().get(name))) {
                changed.put(name, value);
            }
        });
        return changed;
    }

    private static Variant<?> address(Optional<Ipv4> address) {
        return text(address.map(Ipv4::toString).orElse(""));
    }

    private static Variant<?> lease(ClientView view) {
        return new Variant<>(view.options().isEmpty() ? Names.NO_OBJECT : Names.config(view.number()), "o");
    }

    private static Variant<?> dropped(ClientView view) {
        Map<String, UInt64> counters = new LinkedHashMap<>();
        view.dropped()
                .forEach((reason, count) -> counters.put(reason.name().toLowerCase(Locale.ROOT), new UInt64(count)));
        return new Variant<>(counters, "a{st}");
    }

    private static Variant<String> text(String value) {
        return new Variant<>(value, "s");
    }
}
