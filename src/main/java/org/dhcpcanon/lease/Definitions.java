package org.dhcpcanon.lease;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.OptionCodec;
import org.dhcpcanon.packet.Options;

/** Names and shapes of options that are the administrator's; of two for one code, the later one counts. */
public record Definitions(List<Definition> list) {
    public static final Definitions NONE = new Definitions(List.of());
    private static final String REQUESTED = "requested_";

    public Definitions {
        list = List.copyOf(list);
    }

    /**
     * The variables under their defined names. Only what is there is renamed, so that nothing comes back that was left out; a value
     * that does not have the defined shape is left out, too.
     *
     * @param options of the lease that the variables are from
     */
    public SortedMap<String, String> applied(Map<String, String> variables, Options options) {
        SortedMap<String, String> changed = new TreeMap<>(variables);
        for (Definition definition : effective().values()) {
            String name = Option.textName(definition.code());
            if (!name.equals(definition.name())) {
                rename(changed, REQUESTED + name, REQUESTED + definition.name());
                rename(changed, name, definition, options);
            }
        }
        return changed;
    }

    private Map<Integer, Definition> effective() {
        Map<Integer, Definition> last = new TreeMap<>();
        list.forEach(definition -> last.put(definition.code(), definition));
        return last;
    }

    private static void rename(Map<String, String> variables, String from, String to) {
        String value = variables.remove(from);
        if (value != null) {
            variables.put(to, value);
        }
    }

    private static void rename(Map<String, String> variables, String from, Definition definition, Options options) {
        if (variables.remove(from) != null) {
            Optional<String> text = options.find(definition.code())
                    .flatMap(value -> OptionCodec.of(definition.shape()).text(value));
            text.ifPresent(value -> variables.put(definition.name(), value));
        }
    }
}
