package org.dhcpcanon.client;

/** What a person or a caller may want of a running client. */
public enum Command {
    /** Stop without a word to the network. */
    STOP,
    /** Give the address back, then stop (RFC 2131 §4.4.6); only ever because somebody asked for it. */
    RELEASE,
    /** Renew now. */
    RENEW
}
