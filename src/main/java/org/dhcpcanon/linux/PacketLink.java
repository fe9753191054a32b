package org.dhcpcanon.linux;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.runtime.Link;
import org.dhcpcanon.runtime.LinkListener;
import org.dhcpcanon.runtime.Subject;
import org.tinylog.Logger;

/** One interface, and the sockets on it, for as long as it is the same for others. */
final class PacketLink implements Link {
    private final Wire wire;
    private final LinkListener listener;
    private final DhcpSockets dhcp;
    private final ArpSocket arp;
    private EthernetInterface nic;
    private boolean identityLost;
    private boolean closed;

    PacketLink(Wire wire, EthernetInterface nic, LinkListener listener) {
        this(wire, nic, listener, DhcpSockets.SERVER_PORT);
    }

    /**
     * @param broadcastPort the UDP port that broadcasts go to
     */
    PacketLink(Wire wire, EthernetInterface nic, LinkListener listener, int broadcastPort) {
        this.wire = wire;
        this.nic = nic;
        this.listener = listener;
        dhcp = new DhcpSockets(wire, listener, broadcastPort);
        arp = new ArpSocket(wire, listener);
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
        if (!identityLost) {
            dhcp.listen(nic, wanted, transactionId);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the socket cannot be opened, that is logged once; the next call tries again, and opens one anew that has stopped hearing.
     */
    @Override
    public void hearArp(Optional<Ipv4> address) {
        if (!identityLost) {
            arp.hear(nic, address);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The kernel puts the interface's present address on a datagram, whatever its message says, so that one packet could pair an
     * old identity with a new one (RFC 7844 §3.4). So the kernel is asked first, each time: the address can change at any moment. From
     * the moment it has, nothing is sent any more, be it changed back or not.
     */
    @Override
    public boolean send(Outgoing packet) {
        return transmit(() -> dhcp.send(nic, packet));
    }

    @Override
    public void send(ArpPacket packet) {
        if (!packet.senderHardware().equals(nic.hardware())) {
            throw new IllegalArgumentException("not the sender: " + packet.senderHardware());
        }
        transmit(() -> arp.send(nic, packet));
    }

    /** Hands one packet to the kernel. */
    @FunctionalInterface
    private interface Sending {
        void send() throws IOException;
    }

    /** @return whether the kernel has taken it */
    private boolean transmit(Sending packet) {
        try {
            if (identityLost || !isUnchanged()) {
                loseIdentity();
                return false;
            }
            packet.send();
            return true;
        } catch (IOException failure) {
            Subject.of(nic.name())
                    .during(() -> Logger.warn("{}: sending failed: {}", nic.name(), failure.getMessage()));
            return false;
        }
    }

    private boolean isUnchanged() throws IOException {
        OptionalInt fd = dhcp.descriptor();
        return fd.isPresent() ? nic.isUnchanged(fd.getAsInt()) : nic.isUnchanged();
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
        dhcp.close();
        arp.close();
        Subject.of(nic.name())
                .during(() -> Logger.warn(
                        "{}: the hardware address was changed, or the interface is gone; nothing is sent", nic.name()));
    }

    @Override
    public void close() {
        closed = true;
        wire.watch().remove(this);
        dhcp.close();
        arp.close();
    }
}
