package org.dhcpcanon.runtime;

import java.util.SortedMap;
import org.dhcpcanon.client.Command;

/** The clients that run, as callers see them. On the loop thread. */
public interface Clients {
    /**
     * Starts a client for a caller. The newest request for an interface wins: a client that runs there is stopped, and its
     * caller told to exit.
     *
     * @throws AttachRefusedException if the interface cannot be used
     */
    void start(ClientRequest request, Caller caller) throws AttachRefusedException;

    /** The caller is gone: its client stops without a word to the network. */
    void callerEnded(Caller caller);

    /**
     * Somebody asked in so many words to give the address of an interface back. The client ends and its caller is told to exit; a lease
     * whose caller has ended a moment ago is given back as well. Nothing happens if there is none.
     *
     * @return what the lease held, as {@link LeaseNews#old}; empty without one
     */
    SortedMap<String, String> release(String interfaceName);

    /**
     * Ends the client of an interface without a word to the network, and tells its caller to exit. Nothing happens without one.
     *
     * @return what the lease held, as {@link LeaseNews#old}; empty without one
     */
    SortedMap<String, String> stop(String interfaceName);

    /** Has the lease of an interface renewed, without one: NO_LEASE. */
    Control.Outcome renew(String interfaceName);

    /** What the lease of an interface holds, as {@link LeaseNews#options}; empty without one. */
    SortedMap<String, String> held(String interfaceName);

    /**
     * Ends the client of a caller who wants that, and whose script hears of it.
     *
     * @param command STOP or RELEASE
     * @param concluded runs when the script has; at once without a client
     */
    void conclude(Caller caller, Command command, Runnable concluded);
}
