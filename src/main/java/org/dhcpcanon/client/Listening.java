package org.dhcpcanon.client;

/** Which sockets a client needs open in a state. */
public enum Listening {
    /** None. */
    NOTHING,
    /** The packet socket: no address of ours is in use yet. */
    RAW,
    /**
     * The UDP socket, held but not read: while bound it keeps the kernel from answering the server with ICMP errors, and a
     * stranger's packets from waking us.
     */
    QUIET,
    /** The UDP socket: renewing by unicast; a broadcast NAK is heard here as well. */
    UDP,
    /** Both: broadcasting while an address is in use, or renewing again: replies may come by unicast to the address that we still have. */
    RAW_AND_UDP
}
