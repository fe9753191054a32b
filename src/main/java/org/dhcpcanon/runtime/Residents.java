package org.dhcpcanon.runtime;

import java.util.Set;
import java.util.SortedMap;

/**
 * Clients that live as long as an interface is to have one, and not as long as a process; a service that is started anew goes on with
 * their leases. On the loop thread.
 */
public interface Residents {
    /**
     * Starts a client, or goes on with what the service before has left. The newest request for an interface wins.
     *
     * @return what the lease holds that it goes on with, as {@link LeaseNews#options}; empty without one
     * @throws AttachRefusedException if the interface cannot be used
     */
    SortedMap<String, String> start(ClientRequest request) throws AttachRefusedException;

    /**
     * Ends the client that was started for an interface, and nobody else's there.
     *
     * @param release whether the address is given back
     */
    void end(String interfaceName, boolean release);

    /** Forgets the leases of all others. */
    void keep(Set<String> interfaceNames);
}
