package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;

/** What is to be done after a step. */
public sealed interface Effect {
    /** Send a message. */
    record Send(Outgoing packet) implements Effect {}

    /** Have exactly these sockets open, for replies with this xid. */
    record Listen(Listening wanted, int transactionId) implements Effect {}

    /** Tell that a lease is there: BOUND, REBOOT, RENEW or REBIND. An answer is expected. */
    record Publish(LeaseReason reason, Lease lease) implements Effect {}

    /** Tell something that is not a lease: PREINIT, EXPIRE, FAIL or V6ONLY. */
    record Announce(LeaseReason reason) implements Effect {}

    /** Remember the lease, so that a restarted service can go on with it. */
    record Remember(Lease lease) implements Effect {}

    /** Forget what was remembered. */
    record Forget() implements Effect {}

    /** Send an ARP packet. */
    record SendArp(ArpPacket packet) implements Effect {}

    /** Hear what others say about an address by ARP; empty for no longer. */
    record HearArp(Optional<Ipv4> address) implements Effect {}

    /** Count a reply that was not used. */
    record Drop(DropReason reason) implements Effect {}
}
