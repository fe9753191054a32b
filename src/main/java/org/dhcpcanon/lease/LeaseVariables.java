package org.dhcpcanon.lease;

import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;

/** A lease as the variables that dhclient gives to scripts, without prefix: the names that NetworkManager shows. */
public final class LeaseVariables {
    private LeaseVariables() {}

    /**
     * All that can be said; values that are malformed or suspect are left out.
     *
     * @param expiry when the lease ends, seconds since 1970 on the wall clock; left out for a lease that does not end
     */
    public static SortedMap<String, String> of(Lease lease, long expiry) {
        SortedMap<String, String> variables = new TreeMap<>();
        lease.options().asMap().forEach((code, value) -> put(variables, code, value));
        variables.put("ip_address", lease.address().toString());
        variables.put("next_server", lease.nextServer().toString());
        variables.put(
                "dhcp_client_identifier",
                lease.standing()
                        .find(Option.CLIENT_IDENTIFIER)
                        .orElseGet(() ->
                                Octets.u8(1).plus(Octets.of(lease.hardware().octets())))
                        .toColonHex());
        Option.ROOT_PATH.text(lease.boot().file()).ifPresent(text -> variables.put("filename", text));
        Option.DOMAIN_NAME.text(lease.boot().serverName()).ifPresent(text -> variables.put("server_name", text));
        if (lease.options().has(Option.SUBNET_MASK)) {
            variables.put("network_number", lease.subnet().network().toString());
            variables.putIfAbsent(
                    "broadcast_address", lease.subnet().broadcast().toString());
        }
        if (lease.times().seconds() != LeaseTimes.INFINITE) {
            variables.put("expiry", Long.toString(expiry));
        }
        lease.requested().forEach(code -> variables.put("requested_" + name(code), "1"));
        return variables;
    }

    private static void put(SortedMap<String, String> variables, int code, Octets value) {
        Option.byCode(code)
                .map(option -> option.text(value))
                .orElseGet(() -> Option.unknownText(value))
                .ifPresent(text -> variables.put(name(code), text));
    }

    private static String name(int code) {
        return Option.byCode(code).map(Option::textName).orElse("unknown_" + code);
    }
}
