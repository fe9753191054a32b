package org.dhcpcanon.shim;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.LeaseNews;

/** News as the environment that dhclient gives to its script, see dhclient-script(8). */
final class ScriptVariables {
    private static final String REQUESTED = "requested_";
    /** What we have sent; dhclient tells its script only what the server has. */
    private static final Set<String> OURS = Set.of("dhcp_client_identifier");

    /** dhclient forgets the lease before it asks for the same one again. */
    private static final Set<LeaseReason> WITHOUT_OLD = EnumSet.of(LeaseReason.REBOOT);

    /** These say nothing of options: there is no lease, or the script does no more than to take one away. */
    private static final Set<LeaseReason> WITHOUT_REQUESTED =
            EnumSet.of(LeaseReason.PREINIT, LeaseReason.FAIL, LeaseReason.V6ONLY);

    private ScriptVariables() {}

    static SortedMap<String, String> of(ClientRequest request, LeaseNews news) {
        SortedMap<String, String> variables = new TreeMap<>(Map.of(
                "reason",
                news.reason().name(),
                "interface",
                request.interfaceName(),
                "pid",
                Integer.toString(request.processId()),
                // Of IPv6, and there whatever is told.
                "dad_wait_time",
                "0",
                "PATH",
                "/usr/sbin:/sbin:/bin:/usr/sbin:/usr/bin"));
        request.wishes().alias().forEach((name, value) -> variables.put("alias_" + name, value));
        put(variables, "new_", news.options(), news.reason());
        if (!WITHOUT_OLD.contains(news.reason())) {
            put(variables, "old_", news.old(), news.reason());
        }
        return variables;
    }

    private static void put(
            SortedMap<String, String> variables, String prefix, SortedMap<String, String> options, LeaseReason reason) {
        options.forEach((name, value) -> {
            if (!name.startsWith(REQUESTED)) {
                variables.putAll(OURS.contains(name) ? Map.of() : Map.of(prefix + name, value));
            } else if (!WITHOUT_REQUESTED.contains(reason)) {
                variables.put(name, value);
            }
        });
    }
}
