package org.dhcpcanon.client;

import java.util.List;
import org.dhcpcanon.lease.RoutePolicy;

/**
 * How one client is to behave, as the administrator wants it.
 *
 * @param profile what it looks like
 * @param routes which of the server's routes are passed on
 * @param release when an address is given back
 * @param probing whether we find out ourselves that nobody else has an address, and defend it (RFC 5227)
 * @param reboot whether the last lease of the same connection is asked for again (RFC 2131 §4.4.2)
 * @param warnings what its owner should know about the settings that it comes from
 */
public record Policy(
        Profile profile, RoutePolicy routes, Release release, boolean probing, boolean reboot, List<String> warnings) {
    public Policy {
        warnings = List.copyOf(warnings);
    }

    /** RELEASE tells the network when we leave (RFC 2131 §4.4.6 leaves it to us). */
    public enum Release {
        /** Only because somebody asked for it in so many words. */
        ON_REQUEST,
        /** Also when a client ends whose hardware address is not the machine's own, and so about to be given up. */
        MAC_CHANGE,
        /** Not even then. */
        NEVER
    }

    /** What holds if nobody wants anything else. */
    public static Policy of(Profile profile) {
        return new Policy(profile, RoutePolicy.ALL, Release.ON_REQUEST, false, false, List.of());
    }
}
