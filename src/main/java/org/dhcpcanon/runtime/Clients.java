package org.dhcpcanon.runtime;

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
     */
    void release(String interfaceName);

    /** Ends the client of an interface without a word to the network, and tells its caller to exit. Nothing happens without one. */
    void stop(String interfaceName);
}
