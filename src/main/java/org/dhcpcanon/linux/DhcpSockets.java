package org.dhcpcanon.linux;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import jnr.constants.platform.Errno;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageWriter;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.UdpFrame;
import org.dhcpcanon.runtime.LinkListener;
import org.dhcpcanon.runtime.Subject;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** The DHCP sockets of one link: a packet socket while it has no address of ours, and the UDP socket once it has. */
final class DhcpSockets {
    static final int SERVER_PORT = 67;

    private static final int CLIENT_PORT = 68;

    private final Wire wire;
    private final LinkListener listener;
    private final int broadcastPort;
    private final NextHop nextHop = new NextHop();
    private @Nullable PacketSocket raw;
    private int rawTransactionId;
    private @Nullable UdpSocket udp;
    private boolean refused;
    private boolean refusalTold;

    /**
     * @param broadcastPort the UDP port that broadcasts go to
     */
    DhcpSockets(Wire wire, LinkListener listener, int broadcastPort) {
        this.wire = wire;
        this.listener = listener;
        this.broadcastPort = broadcastPort;
    }

    /** See {@link PacketLink#listen}. */
    void listen(EthernetInterface nic, Listening wanted, int transactionId) {
        try {
            switch (wanted) {
                case NOTHING -> closeUdp();
                case RAW -> {
                    openRaw(nic, transactionId);
                    closeUdp();
                }
                case QUIET -> openUdp(nic).quiet();
                case UDP -> {
                    openUdp(nic).hear(transactionId);
                    if (refused) {
                        openRaw(nic, transactionId);
                    }
                }
                case RAW_AND_UDP -> {
                    openRaw(nic, transactionId);
                    openUdp(nic).hear(transactionId);
                }
            }
        } catch (IOException failure) {
            Subject.of(nic.name())
                    .during(() -> Logger.warn("{}: cannot listen ({}): {}", nic.name(), wanted, failure.getMessage()));
        }
        if (wanted == Listening.NOTHING || wanted == Listening.QUIET || (wanted == Listening.UDP && !refused)) {
            closeRaw();
        }
    }

    private void openRaw(EthernetInterface nic, int transactionId) throws IOException {
        if (raw != null && (rawTransactionId != transactionId || raw.isBroken())) {
            closeRaw();
        }
        if (raw == null) {
            raw = PacketSocket.ofReplies(wire, nic, listener, nextHop, transactionId);
            rawTransactionId = transactionId;
        }
    }

    private UdpSocket openUdp(EthernetInterface nic) throws IOException {
        if (udp != null && udp.isBroken()) {
            closeUdp();
        }
        if (udp == null) {
            udp = UdpSocket.open(wire, nic, listener);
        }
        return udp;
    }

    /** Of any socket that is open. */
    OptionalInt descriptor() {
        if (raw != null) {
            return OptionalInt.of(raw.descriptor());
        }
        return udp != null ? OptionalInt.of(udp.descriptor()) : OptionalInt.empty();
    }

    void send(EthernetInterface nic, Outgoing packet) throws IOException {
        byte[] payload = MessageWriter.write(packet.message(), packet.minimumLength());
        if (packet.destination() instanceof Destination.Server server) {
            sendToServer(nic, server, packet, payload);
        } else if (packet.destination() instanceof Destination.Broadcast everybody) {
            sendToEverybody(nic, everybody, packet, payload);
        }
    }

    private void sendToEverybody(EthernetInterface nic, Destination.Broadcast to, Outgoing packet, byte[] payload)
            throws IOException {
        UdpFrame frame = new UdpFrame(
                MacAddress.BROADCAST,
                nic.hardware(),
                to.source(),
                Ipv4.BROADCAST,
                CLIENT_PORT,
                broadcastPort,
                Octets.of(payload));
        PacketSocket.send(wire, raw, nic, frame.bytes(packet.header()));
    }

    private void sendToServer(EthernetInterface nic, Destination.Server to, Outgoing packet, byte[] payload)
            throws IOException {
        try {
            sendDatagram(nic, to, packet, payload);
            refused = false;
        } catch (ErrnoException failure) {
            Optional<MacAddress> hardware = nextHop.to(to.server());
            if (!isRefusal(failure) || hardware.isEmpty()) {
                throw failure;
            }
            expectRefusals(nic, failure, packet);
            UdpFrame frame = new UdpFrame(
                    hardware.get(),
                    nic.hardware(),
                    to.source(),
                    to.server(),
                    CLIENT_PORT,
                    SERVER_PORT,
                    Octets.of(payload));
            // It passes by the machine's own rules and routes, as the frames of an unbound client do.
            PacketSocket.send(wire, raw, nic, frame.bytes(packet.header()));
        }
    }

    private void sendDatagram(EthernetInterface nic, Destination.Server to, Outgoing packet, byte[] payload)
            throws IOException {
        if (udp != null) {
            udp.send(to, packet.header(), payload);
            return;
        }
        UdpSocket once = UdpSocket.open(wire, nic, listener);
        try {
            once.send(to, packet.header(), payload);
        } finally {
            once.close();
        }
    }

    /**
     * A firewall drops what this machine sends (EPERM), or the route or the address of the lease is gone. Of the address older kernels
     * say EINVAL, newer ones ENETUNREACH.
     */
    private static boolean isRefusal(ErrnoException failure) {
        return failure.is(Errno.EPERM)
                || failure.is(Errno.ENETUNREACH)
                || failure.is(Errno.EHOSTUNREACH)
                || failure.is(Errno.EADDRNOTAVAIL)
                || failure.is(Errno.EINVAL);
    }

    /**
     * Who refuses what we send may also drop what comes in: the answer is awaited by the packet socket as well. A firewall that drops
     * only what comes in is not noticed here; the client gets past it when it rebinds, which hears by the packet socket anyway.
     */
    private void expectRefusals(EthernetInterface nic, ErrnoException failure, Outgoing packet) throws IOException {
        refused = true;
        if (!refusalTold) {
            refusalTold = true;
            Subject.of(nic.name())
                    .during(() -> Logger.warn(
                            "{}: the system refuses a datagram to the server, which is sent as a frame ({})",
                            nic.name(),
                            failure.getMessage()));
        }
        if (udp != null && udp.isHearing()) {
            openRaw(nic, packet.message().transactionId());
        }
    }

    private void closeRaw() {
        if (raw != null) {
            raw.close();
            raw = null;
        }
    }

    private void closeUdp() {
        if (udp != null) {
            udp.close();
            udp = null;
        }
    }

    void close() {
        closeRaw();
        closeUdp();
    }
}
