package org.dhcpcanon.runtime;

/** Where people start clients without a shim. On the loop thread. */
@FunctionalInterface
public interface Starter {
    /**
     * Starts a client that lives until it is told to stop. The newest request for an interface wins.
     *
     * @throws AttachRefusedException if there is no such interface, or it cannot be used
     */
    void start(String interfaceName) throws AttachRefusedException;
}
