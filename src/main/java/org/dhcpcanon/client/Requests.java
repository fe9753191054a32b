package org.dhcpcanon.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageWriter;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;

/** Every message that leaves, and nowhere else: what {@link Form} says, filled as the profile wants. */
final class Requests {
    private static final int BROADCAST_FLAG = 0x8000;

    private Requests() {}

    static Effect discover(Exchange exchange, Turn turn) {
        return send(Form.DISCOVER, exchange, Optional.empty(), turn);
    }

    /** RFC 2131 §4.3.2: no server identifier, as any server of this network may know the lease. */
    static Effect reboot(Exchange exchange, Lease former, Turn turn) {
        return send(Form.REBOOT, exchange, Optional.of(former), turn);
    }

    static Effect select(Exchange exchange, Lease offer, Turn turn) {
        return send(Form.SELECT, exchange, Optional.of(offer), turn);
    }

    static Effect renew(Exchange exchange, Lease lease, Turn turn) {
        return send(Form.RENEW, exchange, Optional.of(lease), turn);
    }

    static Effect rebind(Exchange exchange, Lease lease, Turn turn) {
        return send(Form.REBIND, exchange, Optional.of(lease), turn);
    }

    /** RFC 2131 §4.4.4; without a text that would say who we are. */
    static Effect decline(Lease lease, Turn turn) {
        return send(Form.DECLINE, Exchange.single(lease.standing(), turn), Optional.of(lease), turn);
    }

    static Effect release(Lease lease, Turn turn) {
        return send(Form.RELEASE, Exchange.single(lease.standing(), turn), Optional.of(lease), turn);
    }

    private static Effect send(Form form, Exchange exchange, Optional<Lease> lease, Turn turn) {
        Look look = turn.profile().look();
        Ipv4 client =
                lease.filter(held -> form.isFromAddress()).map(Lease::address).orElse(Ipv4.ANY);
        Message message = new Message(
                Message.BOOTREQUEST,
                exchange.transactionId(),
                seconds(look, exchange.seconds()),
                look.broadcast() && !form.isFromAddress() ? BROADCAST_FLAG : 0,
                client,
                Ipv4.ANY,
                Ipv4.ANY,
                Ipv4.ANY,
                turn.hardware(),
                options(form, exchange, lease, turn));
        return new Effect.Send(
                new Outgoing(message, minimumLength(look, message), header(look, exchange), to(form, client, lease)));
    }

    private static Destination to(Form form, Ipv4 client, Optional<Lease> lease) {
        return lease.filter(held -> form.isToServer())
                .<Destination>map(held -> new Destination.Server(client, held.server()))
                .orElseGet(() -> new Destination.Broadcast(client));
    }

    private static int seconds(Look look, int seconds) {
        return look.reversed() ? Short.toUnsignedInt(Short.reverseBytes((short) seconds)) : seconds;
    }

    private static int minimumLength(Look look, Message message) {
        int length = MessageWriter.length(message);
        return Math.max(look.minimumLength(), look.even() ? length + length % 2 : 0);
    }

    private static IpHeader header(Look look, Exchange exchange) {
        IpHeader header = look.header();
        return look.counted()
                ? new IpHeader(
                        header.timeToLive(), header.typeOfService(), header.dontFragment(), exchange.identification())
                : header;
    }

    private static Options options(Form form, Exchange exchange, Optional<Lease> lease, Turn turn) {
        Map<Integer, Octets> all = new LinkedHashMap<>(exchange.standing().asMap());
        lease.filter(held -> form.needs(Option.REQUESTED_ADDRESS.code()))
                .ifPresent(held -> all.put(Option.REQUESTED_ADDRESS.code(), Octets.of(held.address())));
        lease.filter(held -> form.needs(Option.SERVER_IDENTIFIER.code()))
                .ifPresent(held -> all.put(Option.SERVER_IDENTIFIER.code(), Octets.of(held.server())));
        Map<Integer, Octets> ordered = new LinkedHashMap<>();
        ordered.put(Option.DHCP_MESSAGE_TYPE.code(), Octets.u8(form.type().code()));
        for (Integer code : ordered(form, all, turn)) {
            Optional.ofNullable(all.get(code)).ifPresent(value -> ordered.put(code, value));
        }
        return Options.of(ordered);
    }

    /** Option 53 comes first, as every client does it and servers rely on it. */
    private static List<Integer> ordered(Form form, Map<Integer, Octets> all, Turn turn) {
        List<Integer> codes =
                turn.profile().form(form).stream().filter(all::containsKey).toList();
        return turn.profile().shuffled() ? Shuffle.of(codes, turn.entropy()) : codes;
    }
}
