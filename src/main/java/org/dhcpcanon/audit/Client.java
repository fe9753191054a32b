package org.dhcpcanon.audit;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;

/**
 * One hardware address, with all that is known of it.
 *
 * @param events its messages, the servers' messages to it, and its ARP packets, in order
 * @param sent its messages, never empty
 * @param granted what was acknowledged to it
 */
record Client(MacAddress mac, List<Seen> events, List<Sent> sent, List<Session> sessions, Set<Ipv4> granted) {
    Client {
        events = List.copyOf(events);
        sent = List.copyOf(sent);
        sessions = List.copyOf(sessions);
        granted = Set.copyOf(granted);
    }

    static Client of(MacAddress mac, List<Seen> events) {
        List<Session> sessions = History.of(events);
        List<Sent> sent =
                sessions.stream().flatMap(session -> session.sent().stream()).toList();
        return new Client(mac, events, sent, sessions, granted(events));
    }

    Stream<Sent> sent(Predicate<Kind> wanted) {
        return sent.stream().filter(one -> wanted.test(one.kind()));
    }

    Stream<Sent> sent(Kind wanted) {
        return sent(kind -> kind == wanted);
    }

    Stream<Seen.Arp> arp() {
        return events.stream().filter(Seen.Arp.class::isInstance).map(Seen.Arp.class::cast);
    }

    /** Replies of that type to it. */
    Stream<Seen.Dhcp> heard(int type) {
        return events.stream()
                .filter(Seen.Dhcp.class::isInstance)
                .map(Seen.Dhcp.class::cast)
                .filter(packet -> packet.isReply(type));
    }

    /** A renewal's ACK may leave yiaddr out (RFC 2131 table 3 asks for it; not all servers do it); one without any address grants nothing. */
    private static Set<Ipv4> granted(List<Seen> events) {
        return events.stream()
                .filter(Seen.Dhcp.class::isInstance)
                .map(Seen.Dhcp.class::cast)
                .filter(packet -> packet.isReply(5))
                .map(Seen.Dhcp::message)
                .map(ack -> ack.yiaddr().equals(Ipv4.ANY) ? ack.ciaddr() : ack.yiaddr())
                .filter(address -> !address.equals(Ipv4.ANY))
                .collect(Collectors.toUnmodifiableSet());
    }
}
