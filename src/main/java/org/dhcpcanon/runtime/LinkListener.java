package org.dhcpcanon.runtime;

import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;

/** Who hears what a link receives. On the loop thread. */
public interface LinkListener {
    /**
     * @param source the sender's IPv4 address, as the frame says
     */
    void received(Message message, Ipv4 source);

    /** Another host uses or probes the address that {@link Link#hearArp} was told. */
    void heard(ArpPacket packet);

    /** A packet could not be read. */
    void dropped(DropReason reason);

    /**
     * The interface has another hardware address than this link was opened with, or is gone; nothing was sent under it, and nothing
     * will be sent or heard any more. Comes once, as soon as the kernel tells, never inside a call to the link, and never after the link
     * was closed.
     */
    void identityChanged();

    /**
     * Packets get through no longer, or do again. Told of changes only, see {@link Link#hasCarrier}.
     */
    void carrier(boolean present);

    /**
     * The interface has a new name; the link goes on.
     *
     * @param name the kernel's
     */
    void renamed(String name);
}
