package org.dhcpcanon.runtime;

import java.util.Optional;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;

/** The packets of one interface. A failed send is a lost packet: it is logged, and the protocol sends again. */
public interface Link extends AutoCloseable {
    /** The address that frames of this link carry; read from the kernel when the link was opened, and compared at each send
     * and whenever the kernel tells of the interface. */
    MacAddress hardware();

    /** Whether the interface is up and packets get through; read when the link was opened, and kept current. */
    boolean hasCarrier();

    /** The largest IP packet of the interface, octets; read when the link was opened, and kept current. */
    int mtu();

    /**
     * Opens and closes sockets until exactly the wanted ones are open. The packet socket carries a kernel filter on client port,
     * transaction id and hardware address, which cannot be changed afterwards; another transaction id gets a new socket.
     *
     * @param transactionId the xid of the replies that are awaited
     */
    void listen(Listening wanted, int transactionId);

    /**
     * Sends by the packet socket or the UDP socket, as the destination says; the socket is open for as long as needed.
     *
     * @return whether the kernel has taken the message, as one packet
     */
    boolean send(Outgoing packet);

    /**
     * Hears ARP packets of others which use or probe an address, from the moment of this call.
     *
     * @param address empty to hear none
     */
    void hearArp(Optional<Ipv4> address);

    /**
     * Sends an ARP packet; none needs to be heard for that.
     *
     * @throws IllegalArgumentException if its sender is not {@link #hardware}: it would tell of another identity
     */
    void send(ArpPacket packet);

    @Override
    void close();
}
