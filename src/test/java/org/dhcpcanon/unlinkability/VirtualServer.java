package org.dhcpcanon.unlinkability;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;

/**
 * A server that has one address to give.
 *
 * @param address its own
 * @param given what it gives
 */
record VirtualServer(Ipv4 address, Ipv4 given) {
    static final VirtualServer HOME = new VirtualServer(Ipv4.of(10, 0, 0, 1), Ipv4.of(10, 0, 0, 9));

    /** Somewhere in 10.0.0.0/8. */
    static VirtualServer in(SplittableRandom network) {
        Ipv4 server = Ipv4.of(10, network.nextInt(256), network.nextInt(256), 1);
        Ipv4 given = Ipv4.of(10, server.bits() >>> 16 & 0xff, server.bits() >>> 8 & 0xff, 2 + network.nextInt(250));
        return new VirtualServer(server, given);
    }

    /** @param lease seconds */
    Message reply(MessageType type, Message asked, long lease) {
        Map<Integer, Octets> options = new LinkedHashMap<>();
        options.put(Option.DHCP_MESSAGE_TYPE.code(), Octets.u8(type.code()));
        options.put(Option.SERVER_IDENTIFIER.code(), Octets.of(address));
        options.put(Option.LEASE_TIME.code(), Octets.u32(lease));
        options.put(Option.SUBNET_MASK.code(), Octets.of(Ipv4.mask(24)));
        options.put(Option.ROUTERS.code(), Octets.of(address));
        options.put(Option.DOMAIN_NAME_SERVERS.code(), Octets.of(address));
        return new Message(
                Message.BOOTREPLY,
                asked.transactionId(),
                0,
                0,
                Ipv4.ANY,
                given,
                Ipv4.ANY,
                Ipv4.ANY,
                asked.hardware(),
                Options.of(options));
    }
}
