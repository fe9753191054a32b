package org.dhcpcanon.runtime;

import org.dhcpcanon.client.Command;

/** How people steer clients that run. On the loop thread. */
@FunctionalInterface
public interface Control {
    /** What came of it. */
    enum Outcome {
        DONE,
        /** The client has ended meanwhile; another one on its interface is not meant. */
        NO_CLIENT,
        /** There is nothing to renew. */
        NO_LEASE,
        /** Nothing that is said now would get through. */
        NO_CARRIER,
        /** The settings say that an address is never given back. */
        NOT_ALLOWED
    }

    /**
     * Carries out what was asked. After STOP and RELEASE the client has ended, and its caller is told to exit.
     *
     * @param number see {@link ClientView#number}
     */
    Outcome ask(int number, Command command);
}
