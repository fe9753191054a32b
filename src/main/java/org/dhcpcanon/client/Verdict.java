package org.dhcpcanon.client;

/** Whether an address is ours alone (RFC 5227). */
public enum Verdict {
    /** Nobody else has it, as far as anybody can tell. */
    FREE,
    /** Another host has it, or wants it no less than we do. */
    CONFLICT
}
