package org.dhcpcanon.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;

/** Server messages for tests. */
public final class Replies {
    public static final MacAddress HARDWARE = new MacAddress(0x0200_0000_0001L);
    public static final Ipv4 SERVER = Ipv4.of(192, 0, 2, 1);
    public static final Ipv4 OTHER_SERVER = Ipv4.of(192, 0, 2, 2);
    public static final Ipv4 ADDRESS = Ipv4.of(192, 0, 2, 77);
    public static final Ipv4 OTHER_ADDRESS = Ipv4.of(192, 0, 2, 78);

    private Replies() {}

    /** What was sent, as far as it is a parameter request list. */
    public static Options asking(int... codes) {
        byte[] list = new byte[codes.length];
        for (int i = 0; i < codes.length; i++) {
            list[i] = (byte) codes[i];
        }
        return Options.NONE.with(Option.PARAMETER_REQUEST_LIST, Octets.of(list));
    }

    public static Message offer(int xid, long seconds) {
        return message(MessageType.OFFER, xid, ADDRESS, SERVER, seconds);
    }

    public static Message ack(int xid, long seconds) {
        return message(MessageType.ACK, xid, ADDRESS, SERVER, seconds);
    }

    public static Message nak(int xid) {
        Map<Integer, Octets> options = new LinkedHashMap<>();
        options.put(Option.DHCP_MESSAGE_TYPE.code(), Octets.u8(MessageType.NAK.code()));
        options.put(Option.SERVER_IDENTIFIER.code(), Octets.of(SERVER));
        return reply(xid, Ipv4.ANY, Options.of(options));
    }

    public static Message message(MessageType type, int xid, Ipv4 address, Ipv4 server, long seconds) {
        Map<Integer, Octets> options = new LinkedHashMap<>();
        options.put(Option.DHCP_MESSAGE_TYPE.code(), Octets.u8(type.code()));
        options.put(Option.SERVER_IDENTIFIER.code(), Octets.of(server));
        options.put(Option.LEASE_TIME.code(), Octets.u32(seconds));
        options.put(Option.SUBNET_MASK.code(), Octets.of(Ipv4.of(255, 255, 255, 0)));
        options.put(Option.ROUTERS.code(), Octets.of(SERVER));
        options.put(Option.DOMAIN_NAME_SERVERS.code(), Octets.of(SERVER));
        options.put(Option.HOST_NAME.code(), Octets.of(new byte[] {'p', 'c'}));
        return reply(xid, address, Options.of(options));
    }

    public static Message with(Message message, Option option, Octets value) {
        return withOptions(message, message.options().with(option, value));
    }

    public static Message without(Message message, Option option) {
        Map<Integer, Octets> options = new LinkedHashMap<>(message.options().asMap());
        options.remove(option.code());
        return withOptions(message, Options.of(options));
    }

    private static Message withOptions(Message message, Options options) {
        return reply(message.transactionId(), message.yourAddress(), options);
    }

    private static Message reply(int xid, Ipv4 address, Options options) {
        return new Message(Message.BOOTREPLY, xid, 0, 0, Ipv4.ANY, address, Ipv4.ANY, Ipv4.ANY, HARDWARE, options);
    }

    /** The same, for another client. */
    public static Message toHardware(Message message, MacAddress hardware) {
        return new Message(
                message.operation(),
                message.transactionId(),
                message.seconds(),
                message.flags(),
                message.clientAddress(),
                message.yourAddress(),
                message.nextServer(),
                message.relayAddress(),
                hardware,
                message.options());
    }
}
