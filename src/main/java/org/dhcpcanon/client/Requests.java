package org.dhcpcanon.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;

/**
 * Every message that leaves, and nowhere else (RFC 2131 §4.3.6, table 5 in §4.4.1; option sets of RFC 7844 §3):
 *
 * <pre>
 *                 ciaddr   50        54      55   61   to
 * DISCOVER        -        -         -       yes  yes  broadcast
 * REQUEST select  -        offered   server  yes  yes  broadcast
 * REQUEST renew   address  -         -       yes  yes  server
 * REQUEST rebind  address  -         -       yes  yes  broadcast
 * DECLINE         -        address   server  -    yes  broadcast
 * RELEASE         address  -         server  -    yes  server
 * </pre>
 *
 * Option 53 comes first, as every client does it and servers rely on it; the others in a new random order for each message.
 */
final class Requests {
    private static final int ETHERNET = 1;

    private Requests() {}

    static Effect discover(Exchange exchange, Turn turn) {
        Map<Integer, Octets> options = asking(exchange, turn);
        return broadcast(MessageType.DISCOVER, exchange.transactionId(), exchange.seconds(), Ipv4.ANY, options, turn);
    }

    static Effect select(Exchange exchange, Lease offer, Turn turn) {
        Map<Integer, Octets> options = asking(exchange, turn);
        options.put(Option.REQUESTED_ADDRESS.code(), Octets.of(offer.address()));
        options.put(Option.SERVER_IDENTIFIER.code(), Octets.of(offer.server()));
        return broadcast(MessageType.REQUEST, exchange.transactionId(), exchange.seconds(), Ipv4.ANY, options, turn);
    }

    static Effect renew(Exchange exchange, Lease lease, Turn turn) {
        Message message = message(
                MessageType.REQUEST,
                exchange.transactionId(),
                exchange.seconds(),
                lease.address(),
                asking(exchange, turn),
                turn);
        return send(message, new Destination.Server(lease.address(), lease.server()), turn);
    }

    static Effect rebind(Exchange exchange, Lease lease, Turn turn) {
        return broadcast(
                MessageType.REQUEST,
                exchange.transactionId(),
                exchange.seconds(),
                lease.address(),
                asking(exchange, turn),
                turn);
    }

    /** RFC 2131 §4.4.4 and table 5; without a text that would say who we are. */
    static Effect decline(Lease lease, Turn turn) {
        Map<Integer, Octets> options = identified(turn);
        options.put(Option.REQUESTED_ADDRESS.code(), Octets.of(lease.address()));
        options.put(Option.SERVER_IDENTIFIER.code(), Octets.of(lease.server()));
        return broadcast(MessageType.DECLINE, turn.entropy().bits(), 0, Ipv4.ANY, options, turn);
    }

    static Effect release(Lease lease, Turn turn) {
        Map<Integer, Octets> options = identified(turn);
        options.put(Option.SERVER_IDENTIFIER.code(), Octets.of(lease.server()));
        Message message = message(MessageType.RELEASE, turn.entropy().bits(), 0, lease.address(), options, turn);
        return send(message, new Destination.Server(lease.address(), lease.server()), turn);
    }

    private static Map<Integer, Octets> asking(Exchange exchange, Turn turn) {
        byte[] list = new byte[exchange.parameters().size()];
        for (int i = 0; i < list.length; i++) {
            list[i] = exchange.parameters().get(i).byteValue();
        }
        Map<Integer, Octets> options = identified(turn);
        options.put(Option.PARAMETER_REQUEST_LIST.code(), Octets.of(list));
        return options;
    }

    private static Map<Integer, Octets> identified(Turn turn) {
        Map<Integer, Octets> options = new LinkedHashMap<>();
        options.put(Option.CLIENT_IDENTIFIER.code(), clientIdentifier(turn));
        return options;
    }

    /** The link-layer address in use and nothing else (RFC 7844 §3.5, RFC 2132 §9.14). */
    static Octets clientIdentifier(Turn turn) {
        return Octets.u8(ETHERNET).plus(Octets.of(turn.hardware().octets()));
    }

    private static Effect broadcast(
            MessageType type, int xid, int seconds, Ipv4 client, Map<Integer, Octets> options, Turn turn) {
        return send(message(type, xid, seconds, client, options, turn), new Destination.Broadcast(client), turn);
    }

    private static Effect send(Message message, Destination destination, Turn turn) {
        Profile profile = turn.profile();
        return new Effect.Send(new Outgoing(message, profile.minimumLength(), profile.header(), destination));
    }

    private static Message message(
            MessageType type, int xid, int seconds, Ipv4 client, Map<Integer, Octets> options, Turn turn) {
        return new Message(
                Message.BOOTREQUEST,
                xid,
                seconds,
                0,
                client,
                Ipv4.ANY,
                Ipv4.ANY,
                Ipv4.ANY,
                turn.hardware(),
                ordered(type, options, turn));
    }

    private static Options ordered(MessageType type, Map<Integer, Octets> options, Turn turn) {
        Map<Integer, Octets> ordered = new LinkedHashMap<>();
        ordered.put(Option.DHCP_MESSAGE_TYPE.code(), Octets.u8(type.code()));
        for (Integer code : Shuffle.of(List.copyOf(options.keySet()), turn.entropy())) {
            ordered.put(code, Objects.requireNonNull(options.get(code)));
        }
        return Options.of(ordered);
    }
}
