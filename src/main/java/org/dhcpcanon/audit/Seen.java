package org.dhcpcanon.audit;

import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Ipv4;

/** A packet of a capture that matters here. */
sealed interface Seen {
    Frame frame();

    LinkHeader link();

    /**
     * A DHCP message of either side.
     *
     * @param from the IPv4 source
     * @param to the IPv4 destination
     */
    record Dhcp(Frame frame, LinkHeader link, IpHeader header, Ipv4 from, Ipv4 to, WireMessage message)
            implements Seen {
        boolean isBroadcast() {
            return to.equals(Ipv4.BROADCAST);
        }

        /** Of a server, and of that type. */
        boolean isReply(int type) {
            return message.operation() == 2 && message.type() == type;
        }
    }

    record Arp(Frame frame, LinkHeader link, ArpPacket packet) implements Seen {}
}
