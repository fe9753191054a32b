package org.dhcpcanon.client;

/** Why somebody is told about a lease: the reasons of dhclient-script that we use, and no others. */
public enum LeaseReason {
    PREINIT,
    BOUND,
    REBOOT,
    RENEW,
    REBIND,
    EXPIRE,
    FAIL
}
