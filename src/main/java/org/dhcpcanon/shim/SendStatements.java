package org.dhcpcanon.shim;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dhcpcanon.client.SendList;
import org.dhcpcanon.lease.Definition;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.OptionShape;

/** What the {@code send} statements of a dhclient.conf come to, for profiles that obey them. */
final class SendStatements {
    /**
     * One of them.
     *
     * @param what for people, with its place
     * @param option as the file calls it, in small letters
     * @param code of the option; empty for one that is none of ours
     * @param value what it wants to have sent; empty if that cannot be known
     * @param obstacle why not
     */
    record Statement(String what, String option, Optional<Integer> code, Optional<Octets> value, String obstacle) {}

    /** The exchange itself, what the client would have to obey, and what its profile says. */
    private static final Set<Integer> NOT_FREE = Set.of(50, 52, 53, 54, 55, 57, 58, 59, 80, 82, 90, 145);

    /** Octets of all options with their headers: what else is in a message stays below the 576 that every host can take. */
    private static final int ROOM = 255;

    private static final String FQDN = "fqdn.";
    private static final String FQDN_NAME = FQDN + "fqdn";
    /** The flags of RFC 4702 §2.1. */
    private static final Map<String, Integer> FQDN_FLAGS =
            Map.of(FQDN + "server-update", 1, FQDN + "encoded", 4, FQDN + "no-client-update", 8);

    private static final int ENCODED = 4;

    private final Map<Integer, Octets> values = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<String, String> obstacles = new HashMap<>();

    /** Of two for the same option, the later one counts. */
    static SendList joined(List<Statement> statements) {
        SendStatements all = new SendStatements();
        statements.forEach(all::add);
        all.addName(statements);
        return new SendList(all.values, all.names, all.obstacles);
    }

    /** The shape of an option's value; empty if it is not one that can be sent. */
    static Optional<OptionShape> shape(OptionNames names, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals(FQDN_NAME)) {
            return Optional.of(Option.HOST_NAME.codec().shape());
        }
        if (FQDN_FLAGS.containsKey(lower)) {
            return Optional.of(Option.IP_FORWARDING.codec().shape());
        }
        return names.find(name)
                .filter(option -> !NOT_FREE.contains(option.code()))
                .map(Definition::shape);
    }

    private void add(Statement statement) {
        if (statement.value().isEmpty()) {
            obstacles.put(statement.what(), statement.obstacle());
        } else if (statement.code().isPresent()) {
            put(statement.what(), statement.code().get(), statement.value().get());
        }
    }

    private void put(String what, int code, Octets value) {
        int before = values.entrySet().stream()
                .filter(entry -> entry.getKey() != code)
                .mapToInt(entry -> entry.getValue().length() + 2)
                .sum();
        if (before + value.length() + 2 > ROOM) {
            obstacles.put(what, "too long for a message");
        } else {
            values.put(code, value);
            names.add(what);
        }
    }

    /** The parts of option 81 become one value, if the name is among them. */
    private void addName(List<Statement> statements) {
        Map<String, Octets> parts = new HashMap<>();
        statements.stream()
                .filter(SendStatements::isOfName)
                .forEach(part -> parts.put(part.option(), part.value().orElseThrow()));
        Optional<Octets> value = Optional.ofNullable(parts.remove(FQDN_NAME)).flatMap(name -> name(name, parts));
        statements.stream()
                .filter(SendStatements::isOfName)
                .forEach(part -> value.ifPresentOrElse(
                        whole -> put(part.what(), Option.FQDN.code(), whole),
                        () -> obstacles.put(part.what(), "without a domain name in fqdn.fqdn")));
    }

    private static boolean isOfName(Statement statement) {
        return statement.option().startsWith(FQDN) && statement.value().isPresent();
    }

    /** RFC 4702 §2.1: the flags, two octets of zeros, and the name in ASCII or, if that is wanted, as RFC 1035 §3.1 has it. */
    private static Optional<Octets> name(Octets name, Map<String, Octets> flags) {
        int bits = flags.entrySet().stream()
                .filter(flag -> flag.getValue().u8At(0) != 0)
                .mapToInt(flag -> FQDN_FLAGS.getOrDefault(flag.getKey(), 0))
                .reduce(0, (one, other) -> one | other);
        Octets head = Octets.u8(bits).plus(Octets.u16(0));
        return (bits & ENCODED) == 0
                ? Optional.of(head.plus(name))
                : labels(name).map(head::plus);
    }

    /** RFC 4702 §2.3.1: a name that is not whole lacks the empty label at its end. */
    private static Optional<Octets> labels(Octets name) {
        String text = new String(name.toArray(), StandardCharsets.ISO_8859_1);
        Octets labels = Octets.EMPTY;
        for (String label : text.split("\\.", -1)) {
            boolean last = label.isEmpty() && !labels.isEmpty();
            if ((label.isEmpty() && !last) || label.length() > 63) {
                return Optional.empty();
            }
            labels =
                    labels.plus(Octets.u8(label.length())).plus(Octets.of(label.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return Optional.of(labels);
    }
}
