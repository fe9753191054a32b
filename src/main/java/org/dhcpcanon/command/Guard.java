package org.dhcpcanon.command;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What keeps other DHCP clients from sending ({@code dhcpcanon enable --guard}), as the launcher has found it: nothing here can look at
 * the rules of nftables.
 *
 * @param state {@code on}; {@code off}, which it should not be; {@code hidden} for who is not root
 * @param dropped packets of DHCP for IPv4 and for IPv6, if it is known
 */
record Guard(String state, Optional<Dropped> dropped) {
    private static final String VARIABLE = "DHCPCANON_GUARD";
    private static final Pattern COUNTERS = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})");

    record Dropped(long ipv4, long ipv6) {}

    /** Empty if nobody has enabled it. */
    static Optional<Guard> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE)).map(Guard::of);
    }

    private static Guard of(String said) {
        Matcher counters = COUNTERS.matcher(said);
        if (counters.matches()) {
            Dropped dropped = new Dropped(Long.parseLong(counters.group(1)), Long.parseLong(counters.group(2)));
            return new Guard("on", Optional.of(dropped));
        }
        return new Guard(said.equals("hidden") ? said : "off", Optional.empty());
    }

    /** A line. */
    String text() {
        return switch (state) {
            case "on" ->
                "guard: dropped of other DHCP clients: "
                        + dropped.map(counts -> counts.ipv4() + " packets by IPv4, " + counts.ipv6() + " by IPv6")
                                .orElse("?")
                        + "\n";
            case "hidden" -> "guard: enabled; only root sees what it drops\n";
            default -> "guard: NOT in force, other DHCP clients can send: systemctl restart dhcpcanon-guard\n";
        };
    }

    String json() {
        return Json.object(
                "state", Json.string(state),
                "dropped_ipv4",
                        dropped.map(counts -> Json.number(counts.ipv4())).orElse("null"),
                "dropped_ipv6",
                        dropped.map(counts -> Json.number(counts.ipv6())).orElse("null"));
    }
}
