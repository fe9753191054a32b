package org.dhcpcanon.runtime;

/** Why a sink is told about a lease: the reasons of dhclient-script that we use, and no others. */
public enum LeaseReason {
    PREINIT,
    BOUND,
    RENEW,
    REBIND,
    EXPIRE,
    FAIL
}
