package org.dhcpcanon.client;

import org.dhcpcanon.lease.RoutePolicy;

/**
 * How one client is to behave, as the administrator wants it.
 *
 * @param profile what it looks like
 * @param routes which of the server's routes are passed on
 * @param release when an address is given back
 */
public record Policy(Profile profile, RoutePolicy routes, Release release) {
    /** RELEASE tells the network when we leave (RFC 2131 §4.4.6 leaves it to us). */
    public enum Release {
        /** Only because somebody asked for it in so many words. */
        ON_REQUEST,
        /** Not even then. */
        NEVER
    }

    /** What holds if nobody wants anything else. */
    public static Policy of(Profile profile) {
        return new Policy(profile, RoutePolicy.ALL, Release.ON_REQUEST);
    }
}
