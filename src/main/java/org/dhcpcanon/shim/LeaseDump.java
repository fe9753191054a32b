package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.dhcpcanon.packet.Ipv4;

/** A lease as dhcpcd shows it, in lines that a shell could read: {@code dhcpcd --dumplease}. */
final class LeaseDump {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9./:_+-]*");

    private LeaseDump() {}

    /**
     * Without what was only asked for, and without what nobody but the client needs.
     *
     * @param held see {@link org.dhcpcanon.runtime.LeaseNews#options}; empty without a lease
     */
    static List<String> of(String interfaceName, SortedMap<String, String> held) {
        List<String> lines = new ArrayList<>();
        if (!held.isEmpty()) {
            lines.addAll(List.of("reason=BOUND", "interface=" + quoted(interfaceName), "protocol=dhcp"));
            held.forEach((name, value) -> add(lines, name, value));
        }
        return lines;
    }

    private static void add(List<String> lines, String name, String value) {
        if (name.startsWith("requested_")) {
            return;
        }
        lines.add(name + "=" + quoted(value));
        if (name.equals("subnet_mask")) {
            Ipv4.parse(value).ifPresent(mask -> lines.add("subnet_cidr=" + Integer.bitCount(mask.bits())));
        }
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
