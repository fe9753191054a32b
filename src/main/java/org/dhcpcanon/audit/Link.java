package org.dhcpcanon.audit;

import java.util.List;
import org.dhcpcanon.packet.MacAddress;

/**
 * A personal trait that several hardware addresses have: whoever sees them knows that it is one machine.
 *
 * @param macs at least two
 */
public record Link(String name, String value, List<MacAddress> macs) {
    public Link {
        macs = List.copyOf(macs);
    }
}
