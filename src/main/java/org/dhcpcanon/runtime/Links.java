package org.dhcpcanon.runtime;

import java.io.IOException;

/** Opens links by interface name. */
@FunctionalInterface
public interface Links {
    /**
     * No socket is open yet after this.
     *
     * @throws IOException with words for the user if there is no such interface, or it is not Ethernet
     */
    Link open(String interfaceName, LinkListener listener) throws IOException;
}
