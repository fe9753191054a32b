package org.dhcpcanon.linux;

import java.util.Optional;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.jspecify.annotations.Nullable;

/** The link-layer address from which the last ACK came in a frame: the server's, or that of the relay or router before it. */
final class NextHop {
    private @Nullable Octets server;
    private @Nullable MacAddress hardware;

    /** Only an ACK gives a lease, and only the server of the lease is ever written to. */
    void learn(Message message, MacAddress source) {
        if (message.type() == MessageType.ACK) {
            server = null;
            message.options().find(Option.SERVER_IDENTIFIER).ifPresent(identifier -> server = identifier);
            hardware = source;
        }
    }

    /** The way to this server, by its server identifier. */
    Optional<MacAddress> to(Ipv4 wanted) {
        return server != null && server.equals(Octets.of(wanted)) ? Optional.ofNullable(hardware) : Optional.empty();
    }
}
