package org.dhcpcanon.linux;

import java.util.Optional;
import java.util.OptionalInt;
import org.dhcpcanon.packet.MacAddress;

/** What the kernel says about interfaces. */
sealed interface LinkNews {
    /**
     * An interface is there. A message may leave out what it is not about.
     *
     * @param hardware empty also if it is not as long as one of Ethernet
     * @param mtu octets
     * @param carrier whether it is up and packets get through
     */
    record Present(int index, Optional<String> name, Optional<MacAddress> hardware, OptionalInt mtu, boolean carrier)
            implements LinkNews {}

    /** An interface was deleted, or moved to another network namespace. */
    record Gone(int index) implements LinkNews {}

    /**
     * All that were asked for have been named.
     *
     * @param whole false if some may be missing
     */
    record End(boolean whole) implements LinkNews {}
}
