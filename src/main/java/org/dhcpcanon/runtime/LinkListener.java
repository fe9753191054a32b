package org.dhcpcanon.runtime;

import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;

/** Who hears what a link receives. On the loop thread. */
public interface LinkListener {
    /**
     * @param source the sender's IPv4 address, as the frame says
     */
    void received(Message message, Ipv4 source);

    /** A packet could not be read. */
    void dropped(DropReason reason);

    /**
     * The interface has another hardware address than this link was opened with, or is gone; nothing was sent, and nothing will be.
     * Comes once, in a turn of the loop of its own, and never after the link was closed.
     */
    void identityChanged();
}
