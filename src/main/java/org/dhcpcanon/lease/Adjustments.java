package org.dhcpcanon.lease;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.packet.Ipv4;

/**
 * What the administrator of this machine wants changed in the variables of every lease, in order. To be applied to what {@link
 * PassedOn} lets through: these values are not a stranger's, and a name server of 127.0.0.1 is meant so.
 */
public record Adjustments(List<Adjustment> list) {
    public static final Adjustments NONE = new Adjustments(List.of());

    public Adjustments {
        list = List.copyOf(list);
    }

    /** The variables as they are to be told; what is computed from a variable that has changed is computed anew. */
    public SortedMap<String, String> applied(Map<String, String> variables) {
        SortedMap<String, String> changed = new TreeMap<>(variables);
        list.forEach(adjustment -> adjustment.applyTo(changed));
        Optional<Ipv4> mask = address(changed, "subnet_mask");
        if (mask.isPresent() && !mask.equals(address(variables, "subnet_mask"))) {
            address(changed, "ip_address").ifPresent(own -> renumber(variables, changed, own, mask.get()));
        }
        return changed;
    }

    /** A broadcast address that the server or the administrator gave stays. */
    private static void renumber(Map<String, String> before, Map<String, String> after, Ipv4 own, Ipv4 mask) {
        after.put("network_number", own.and(mask).toString());
        Optional<String> old = address(before, "subnet_mask")
                .map(former -> own.or(former.inverted()).toString());
        String given = after.getOrDefault("broadcast_address", "");
        if (given.isEmpty() || old.filter(given::equals).isPresent()) {
            after.put("broadcast_address", own.or(mask.inverted()).toString());
        }
    }

    private static Optional<Ipv4> address(Map<String, String> variables, String name) {
        return Ipv4.parse(variables.getOrDefault(name, ""));
    }
}
