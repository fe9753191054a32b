package org.dhcpcanon.shim;

import java.util.Optional;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;

/** What happens in the words of dhclient(8) {@code -v}, which other programs read. They have addresses in them: for no log. */
final class Narration {
    private Narration() {}

    /** @param seconds until something else is done if nobody answers */
    static String sent(String interfaceName, Outgoing packet, long seconds) {
        MessageType type = packet.message().type();
        String to = " on " + interfaceName + " to " + destination(packet.destination()) + " port 67";
        return switch (type) {
            case DISCOVER -> "DHCPDISCOVER" + to + " interval " + Math.max(0, seconds);
            case REQUEST -> "DHCPREQUEST for " + wanted(packet.message()) + to;
            case DECLINE, RELEASE, OFFER, ACK, NAK -> "DHCP" + type + " of " + wanted(packet.message()) + to;
        };
    }

    private static Ipv4 destination(Destination destination) {
        return destination instanceof Destination.Server server ? server.server() : Ipv4.BROADCAST;
    }

    private static Ipv4 wanted(Message message) {
        Optional<Octets> asked = message.options().find(Option.REQUESTED_ADDRESS);
        return asked.map(value -> value.addressAt(0)).orElse(message.clientAddress());
    }

    static String received(Message reply, Ipv4 source) {
        String what = "DHCP" + reply.type();
        String of = reply.type() == MessageType.NAK ? "" : " of " + reply.yourAddress();
        return what + of + " from " + source;
    }

    /** @param seconds until it is renewed */
    static String bound(Lease lease, long seconds) {
        return "bound to " + lease.address() + " -- renewal in " + Math.max(0, seconds) + " seconds.";
    }
}
