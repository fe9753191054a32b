package org.dhcpcanon.client;

import org.dhcpcanon.packet.Ipv4;

/** Where a message goes. */
public sealed interface Destination {
    /** A frame to everybody on the link, from 0.0.0.0 or from the address that is held. */
    record Broadcast(Ipv4 source) implements Destination {}

    /** A datagram to one server, from the address that is held. */
    record Server(Ipv4 source, Ipv4 server) implements Destination {}
}
