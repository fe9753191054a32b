package org.dhcpcanon.runtime;

import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;

/** The process that asked for a client, as the client sees it. */
public interface Caller {
    /** Makes the caller exit with this code. */
    void exit(int code);

    /** Shows the caller's user a line. */
    void message(String text);

    /** Runs the caller's script. */
    ScriptRunner scripts();

    /** Where what is remembered of this caller's lease is kept. */
    LeaseStore store();

    /** Adds a lease that is in use to the lease file that the caller has named, if it has. */
    default void record(LeaseEntry entry) {}

    /**
     * A message has left.
     *
     * @param seconds until something else is done if nobody answers
     */
    default void sent(String interfaceName, Outgoing packet, long seconds) {}

    /** A reply has come that is of use to the client. */
    default void received(Message reply, Ipv4 source) {}

    /**
     * A lease is in use, and whoever had to be told has been told.
     *
     * @param seconds until it is renewed
     */
    default void bound(Lease lease, long seconds) {}

    /** FAIL or V6ONLY was told: there has been no lease for too long. The search goes on. */
    default void failed() {}
}
