package org.dhcpcanon.client;

import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MalformedPacketException;

/** What renewing and rebinding share: how an ACK extends a lease and how a NAK ends it. */
final class Extension {
    private Extension() {}

    /**
     * The lease with new times. An ACK for another address than ours does not extend anything.
     *
     * @param present stays if the reply cannot be used
     */
    static Step extended(
            State present, Lease lease, Exchange exchange, LeaseReason reason, Event.Reply reply, Turn turn) {
        try {
            Lease next = Grant.acknowledged(reply, exchange, turn);
            if (!next.address().equals(lease.address())) {
                return Step.dropped(present, DropReason.OTHER_ADDRESS);
            }
            return Bound.again(next, reason);
        } catch (MalformedPacketException e) {
            return Step.dropped(present, e.reason());
        }
    }

    /** RFC 2131 §4.4.5: a NAK ends the lease at once. */
    static Step refused(Lease lease, Turn turn) {
        return Bound.lost(Search.resumed(lease, turn).refused(), turn);
    }

    /** Who sent it; the filter has made sure that it is there. */
    static Ipv4 server(Event.Reply reply) {
        try {
            return LeaseReader.server(reply.message().options());
        } catch (MalformedPacketException e) {
            return Ipv4.ANY;
        }
    }
}
