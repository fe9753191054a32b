package org.dhcpcanon.client;

/** Why somebody is told about a lease: the reasons of dhclient-script that we use, and no others. */
public enum LeaseReason {
    PREINIT,
    BOUND,
    REBOOT,
    RENEW,
    REBIND,
    EXPIRE,
    FAIL,
    /** The network wants this machine to do without IPv4 (RFC 8925), which we have asked about. */
    V6ONLY,
    /** Somebody has ended the client. */
    STOP,
    /** Somebody has given the address back. */
    RELEASE
}
