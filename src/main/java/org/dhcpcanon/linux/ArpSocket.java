package org.dhcpcanon.linux;

import java.io.IOException;
import java.util.Optional;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.runtime.LinkListener;
import org.dhcpcanon.runtime.Subject;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** The ARP socket of one link, which is open only while others' use of an address is to be heard. */
final class ArpSocket {
    private final Wire wire;
    private final LinkListener listener;
    private @Nullable PacketSocket socket;
    private Optional<Ipv4> heard = Optional.empty();
    private boolean troubleTold;

    ArpSocket(Wire wire, LinkListener listener) {
        this.wire = wire;
        this.listener = listener;
    }

    /** See {@link PacketLink#hearArp}. The filter of a socket is locked, so another address gets a new socket. */
    void hear(EthernetInterface nic, Optional<Ipv4> address) {
        if (!heard.equals(address) || (socket != null && socket.isBroken())) {
            close();
        }
        heard = address;
        if (socket == null && address.isPresent()) {
            open(nic, address.get());
        }
    }

    private void open(EthernetInterface nic, Ipv4 address) {
        try {
            socket = PacketSocket.ofConflicts(wire, nic, listener, address);
        } catch (IOException failure) {
            if (!troubleTold) {
                troubleTold = true;
                Subject.of(nic.name())
                        .during(() -> Logger.warn(
                                "{}: address conflicts are not noticed: {}", nic.name(), failure.getMessage()));
            }
        }
    }

    void send(EthernetInterface nic, ArpPacket packet) throws IOException {
        PacketSocket.send(wire, socket, nic, packet.bytes());
    }

    void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
