package org.dhcpcanon.runtime;

/** Starts and ends clients for callers. On the loop thread. */
public interface Clients {
    /**
     * Starts a client; an older one of the same interface is ended and its caller told to exit.
     *
     * @throws AttachRefusedException if the interface cannot be used
     */
    void start(ClientRequest request, Caller caller) throws AttachRefusedException;

    /** The caller is gone; its client is stopped. Nothing happens if it has none. */
    void callerEnded(Caller caller);

    /** Gives the lease of this interface back because the user asked for it; nothing happens if there is none. */
    void release(String interfaceName);
}
