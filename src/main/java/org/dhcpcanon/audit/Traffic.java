package org.dhcpcanon.audit;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;

/**
 * All that was seen, for what only several clients together show.
 *
 * @param granted which hardware addresses each address was acknowledged to
 * @param xids which hardware addresses used each
 * @param hostNames which hardware addresses told each
 */
record Traffic(
        List<Client> clients,
        Map<Ipv4, Set<MacAddress>> granted,
        Map<Integer, Set<MacAddress>> xids,
        Map<Octets, Set<MacAddress>> hostNames) {
    Traffic {
        clients = List.copyOf(clients);
        granted = Map.copyOf(granted);
        xids = Map.copyOf(xids);
        hostNames = Map.copyOf(hostNames);
    }

    static Traffic of(List<Client> clients) {
        return new Traffic(
                clients,
                holders(clients, Client::granted),
                holders(clients, client -> values(client, message -> Optional.of(message.xid()))),
                holders(clients, client -> values(client, message -> message.find(12))));
    }

    private static <V> Set<V> values(Client client, Function<WireMessage, Optional<V>> value) {
        Set<V> values = new HashSet<>();
        client.sent().forEach(one -> value.apply(one.message()).ifPresent(values::add));
        return values;
    }

    private static <V> Map<V, Set<MacAddress>> holders(List<Client> clients, Function<Client, Collection<V>> values) {
        Map<V, Set<MacAddress>> holders = new HashMap<>();
        for (Client client : clients) {
            values.apply(client)
                    .forEach(value -> holders.computeIfAbsent(value, key -> new HashSet<>())
                            .add(client.mac()));
        }
        return holders;
    }

    /** Whether that address is another's and not this one's. */
    boolean isOthers(Ipv4 address, MacAddress mac) {
        Set<MacAddress> holders = granted.getOrDefault(address, Set.of());
        return !holders.isEmpty() && !holders.contains(mac);
    }
}
