package org.dhcpcanon.bus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    Face {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    static Face manager(String version, List<String> clients) {
        Map<String, Variant<?>> properties = new LinkedHashMap<>();
        properties.put("Version", text(version));
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
        properties.put("Suppressed", new Variant<>(view.suppressed(), "as"));
        properties.put("Warnings", new Variant<>(view.warnings(), "as"));
        properties.put("Dropped", dropped(view));
        properties.put("Lease", lease(view));
        return new Face(Names.CLIENT, properties);
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
