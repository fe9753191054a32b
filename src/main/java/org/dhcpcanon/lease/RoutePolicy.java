package org.dhcpcanon.lease;

/** Which of the server's routes are passed on: routes of a hostile network can lead traffic past a VPN (CVE-2024-3661). */
public enum RoutePolicy {
    /** All that came. */
    ALL,
    /** The default router, from option 3 or else from 121; no other route. */
    DEFAULT_ONLY,
    /** None at all: only the subnet itself can be reached. */
    NONE
}
