package org.dhcpcanon.linux;

import java.io.IOException;
import java.util.Optional;
import jnr.constants.platform.Errno;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageWriter;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.UdpFrame;
import org.dhcpcanon.runtime.Link;
import org.dhcpcanon.runtime.LinkListener;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** One interface: a packet socket while it has no address of ours, and the UDP socket once it has. */
final class PacketLink implements Link {
    private static final int CLIENT_PORT = 68;
    private static final int SERVER_PORT = 67;

    private final Wire wire;
    private final NextHop nextHop = new NextHop();
    private final LinkListener listener;
    private final int broadcastPort;
    private EthernetInterface nic;
    private @Nullable PacketSocket raw;
    private @Nullable UdpSocket udp;
    private boolean refused;
    private boolean refusalTold;
    private boolean identityLost;
    private boolean closed;

    PacketLink(Wire wire, EthernetInterface nic, LinkListener listener) {
        this(wire, nic, listener, SERVER_PORT);
    }

    /**
     * @param broadcastPort the UDP port that broadcasts go to
     */
    PacketLink(Wire wire, EthernetInterface nic, LinkListener listener, int broadcastPort) {
        this.wire = wire;
        this.nic = nic;
        this.listener = listener;
        this.broadcastPort = broadcastPort;
    }

    @Override
    public MacAddress hardware() {
        return nic.hardware();
    }

    @Override
    public boolean hasCarrier() {
        return nic.carrier();
    }

    @Override
    public int mtu() {
        return nic.mtu();
    }

    int index() {
        return nic.index();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A socket that cannot be opened is logged; the next call tries again, and opens one anew that has stopped hearing. What is as
     * wanted already costs no system call.
     */
    @Override
    public void listen(Listening wanted, int transactionId) {
        if (identityLost) {
            return;
        }
        try {
            switch (wanted) {
                case NOTHING -> closeUdp();
                case RAW -> {
                    openRaw(transactionId);
                    closeUdp();
                }
                case QUIET -> openUdp().quiet();
                case UDP -> {
                    openUdp().hear(transactionId);
                    if (refused) {
                        openRaw(transactionId);
                    }
                }
                case RAW_AND_UDP -> {
                    openRaw(transactionId);
                    openUdp().hear(transactionId);
                }
            }
        } catch (IOException failure) {
            Logger.warn("{}: cannot listen ({}): {}", nic.name(), wanted, failure.getMessage());
        }
        if (wanted == Listening.NOTHING || wanted == Listening.QUIET || (wanted == Listening.UDP && !refused)) {
            closeRaw();
        }
    }

    private void openRaw(int transactionId) throws IOException {
        if (raw != null && !raw.isFor(transactionId)) {
            closeRaw();
        }
        if (raw == null) {
            raw = PacketSocket.open(wire, nic, listener, nextHop, transactionId);
        }
    }

    private UdpSocket openUdp() throws IOException {
        if (udp != null && udp.isBroken()) {
            closeUdp();
        }
        if (udp == null) {
            udp = UdpSocket.open(wire, nic, listener);
        }
        return udp;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The kernel puts the interface's present address on a datagram, whatever its message says, so that one packet could pair an
     * old identity with a new one (RFC 7844 §3.4). So the kernel is asked first, each time: the address can change at any moment. From
     * the moment it has, nothing is sent any more, be it changed back or not.
     */
    @Override
    public void send(Outgoing packet) {
        try {
            if (identityLost || !isUnchanged()) {
                loseIdentity();
                return;
            }
        } catch (IOException failure) {
            Logger.warn("{}: sending failed: {}", nic.name(), failure.getMessage());
            return;
        }
        transmit(packet);
    }

    @Override
    public void hearArp(Optional<Ipv4> address) {}

    @Override
    public void send(ArpPacket packet) {}

    private boolean isUnchanged() throws IOException {
        if (raw != null) {
            return nic.isUnchanged(raw.descriptor());
        }
        return udp != null ? nic.isUnchanged(udp.descriptor()) : nic.isUnchanged();
    }

    /** The kernel has news of the interface. Each is told to the listener once, the first one that closes this link is the last. */
    void changed(LinkNews.Present news) {
        if (news.hardware().filter(now -> !now.equals(nic.hardware())).isPresent()) {
            gone();
            return;
        }
        EthernetInterface before = nic;
        nic = before.with(news);
        if (!isOver() && !nic.name().equals(before.name())) {
            listener.renamed(nic.name());
        }
        if (!isOver() && nic.carrier() != before.carrier()) {
            listener.carrier(nic.carrier());
        }
    }

    private boolean isOver() {
        return closed || identityLost;
    }

    /** The interface is not there any more, or is not the same for others. */
    void gone() {
        if (!isOver()) {
            endIdentity();
            listener.identityChanged();
        }
    }

    /** The listener hears of it later, as it is in the middle of something now. */
    private void loseIdentity() {
        if (!identityLost) {
            endIdentity();
            wire.poller().post(() -> {
                if (!closed) {
                    listener.identityChanged();
                }
            });
        }
    }

    private void endIdentity() {
        identityLost = true;
        closeRaw();
        closeUdp();
        Logger.warn("{}: the hardware address was changed, or the interface is gone; nothing is sent", nic.name());
    }

    private void transmit(Outgoing packet) {
        byte[] payload = MessageWriter.write(packet.message(), packet.minimumLength());
        try {
            if (packet.destination() instanceof Destination.Server server) {
                sendToServer(server, packet, payload);
            } else if (packet.destination() instanceof Destination.Broadcast everybody) {
                sendToEverybody(everybody, packet, payload);
            }
        } catch (IOException failure) {
            Logger.warn("{}: sending failed: {}", nic.name(), failure.getMessage());
        }
    }

    private void sendToEverybody(Destination.Broadcast to, Outgoing packet, byte[] payload) throws IOException {
        sendFrame(
                new UdpFrame(
                        MacAddress.BROADCAST,
                        nic.hardware(),
                        to.source(),
                        Ipv4.BROADCAST,
                        CLIENT_PORT,
                        broadcastPort,
                        Octets.of(payload)),
                packet);
    }

    private void sendFrame(UdpFrame frame, Outgoing packet) throws IOException {
        byte[] bytes = frame.bytes(packet.header());
        if (raw == null) {
            PacketSocket.sendOnce(wire, nic, bytes);
        } else {
            wire.out().sendFrame(raw.descriptor(), nic.index(), bytes);
        }
    }

    private void sendToServer(Destination.Server to, Outgoing packet, byte[] payload) throws IOException {
        try {
            sendDatagram(to, packet, payload);
            refused = false;
        } catch (ErrnoException failure) {
            Optional<MacAddress> hardware = nextHop.to(to.server());
            if (!isRefusal(failure) || hardware.isEmpty()) {
                throw failure;
            }
            sendPastTheRefusal(failure, to, hardware.get(), packet, payload);
        }
    }

    /** A firewall drops what this machine sends (EPERM), or the route or the address of the lease is gone. */
    private static boolean isRefusal(ErrnoException failure) {
        return failure.is(Errno.EPERM)
                || failure.is(Errno.ENETUNREACH)
                || failure.is(Errno.EHOSTUNREACH)
                || failure.is(Errno.EADDRNOTAVAIL)
                || failure.is(Errno.EINVAL);
    }

    /**
     * Sends the same datagram as a frame, which passes by the machine's own rules and routes, as the frames of an unbound client do.
     * Who refuses what we send may also drop what comes in: the answer is awaited by the packet socket as well. A firewall that drops
     * only what comes in is not noticed here; the client gets past it when it rebinds, which hears by the packet socket anyway.
     */
    private void sendPastTheRefusal(
            ErrnoException failure, Destination.Server to, MacAddress hardware, Outgoing packet, byte[] payload)
            throws IOException {
        refused = true;
        if (!refusalTold) {
            refusalTold = true;
            Logger.warn(
                    "{}: the system refuses a datagram to the server, which is sent as a frame ({})",
                    nic.name(),
                    failure.getMessage());
        }
        if (udp != null && udp.isHearing()) {
            openRaw(packet.message().transactionId());
        }
        sendFrame(
                new UdpFrame(
                        hardware,
                        nic.hardware(),
                        to.source(),
                        to.server(),
                        CLIENT_PORT,
                        SERVER_PORT,
                        Octets.of(payload)),
                packet);
    }

    private void sendDatagram(Destination.Server to, Outgoing packet, byte[] payload) throws IOException {
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

    @Override
    public void close() {
        closed = true;
        wire.watch().remove(this);
        closeRaw();
        closeUdp();
    }
}
