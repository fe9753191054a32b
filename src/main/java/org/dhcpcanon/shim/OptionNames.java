package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dhcpcanon.lease.Definition;
import org.dhcpcanon.lease.Definitions;
import org.dhcpcanon.packet.Option;

/** The options that a dhclient.conf can name: those of the table, {@code unknown-N}, and what it has defined itself. */
final class OptionNames {
    private static final int MOST_DEFINITIONS = 254;
    /** dhclient's own other spaces. */
    private static final Set<String> SPACES = Set.of("dhcp", "dhcp6", "fqdn", "nwip", "agent", "server", "isc", "vsio");
    /** Variables that are made of no option, or that we make. */
    private static final Set<String> TAKEN = Set.of(
            "ip_address",
            "network_number",
            "next_server",
            "filename",
            "server_name",
            "expiry",
            "classless_static_routes");

    private final Map<String, Definition> byName = new HashMap<>();
    private final List<Definition> definitions = new ArrayList<>();
    private final Set<String> spaces = new HashSet<>(SPACES);

    /** The option of this name in the space "dhcp"; empty for any other. */
    Optional<Definition> find(String name) {
        String plain = variable(name.toLowerCase(Locale.ROOT).startsWith("dhcp.") ? name.substring(5) : name);
        Definition defined = byName.get(plain);
        if (defined != null) {
            return Optional.of(defined);
        }
        return Option.byTextName(plain)
                .or(() -> plain.equals("mudurl") ? Optional.of(Option.MUD_URL) : Optional.empty())
                .map(OptionNames::of)
                .or(() -> unknown(plain));
    }

    private static Definition of(Option option) {
        return new Definition(option.code(), option.textName(), option.codec().shape());
    }

    private static Optional<Definition> unknown(String plain) {
        String digits = plain.startsWith("unknown_") ? plain.substring("unknown_".length()) : "";
        return Numbers.decimal(digits, 1, 254).stream()
                .mapToObj(code ->
                        new Definition((int) code, plain, Option.WPAD.codec().shape()))
                .findFirst();
    }

    /** Whether the name is one of an option space that is there, but not "dhcp". */
    boolean isElsewhere(String name) {
        int dot = name.indexOf('.');
        String space = name.substring(0, Math.max(dot, 0)).toLowerCase(Locale.ROOT);
        return !space.equals("dhcp") && spaces.contains(space);
    }

    boolean isSpace(String name) {
        return spaces.contains(name.toLowerCase(Locale.ROOT));
    }

    void addSpace(String name) {
        if (spaces.size() < MOST_DEFINITIONS) {
            spaces.add(name.toLowerCase(Locale.ROOT));
        }
    }

    /** Whether a definition of this name would hide another option or a variable that is no option. */
    boolean isTaken(String name, int code) {
        String plain = variable(name);
        return find(name).filter(other -> other.code() != code).isPresent()
                || (TAKEN.contains(plain) && !(code == 121 && plain.equals("classless_static_routes")));
    }

    void define(Definition definition) {
        if (definitions.size() < MOST_DEFINITIONS) {
            definitions.add(definition);
            byName.put(definition.name(), definition);
        }
    }

    Definitions definitions() {
        return new Definitions(definitions);
    }

    static String variable(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** With its number, as people and RFCs call it; {@code fqdn.*} are parts of option 81. */
    String shown(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("fqdn.")) {
            return lower + " (81)";
        }
        return find(name).map(option -> lower + " (" + option.code() + ")").orElseGet(() -> Shown.of(name));
    }
}
