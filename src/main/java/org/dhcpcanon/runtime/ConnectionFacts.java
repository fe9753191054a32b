package org.dhcpcanon.runtime;

import java.util.List;
import java.util.OptionalLong;
import org.dhcpcanon.packet.Prefix;

/**
 * What NetworkManager knows of the connection that an interface has.
 *
 * @param uuid by which the settings for one connection hold
 * @param rejected servers that its user does not want
 * @param failAfterSeconds for how long its user is ready to wait for a lease; empty if nothing is said
 */
public record ConnectionFacts(String uuid, List<Prefix> rejected, OptionalLong failAfterSeconds) {
    public ConnectionFacts {
        rejected = List.copyOf(rejected);
    }
}
