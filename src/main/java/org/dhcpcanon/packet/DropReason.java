package org.dhcpcanon.packet;

/** Why a received packet was dropped: a closed list, so that drops can be counted and tests can name them. */
public enum DropReason {
    /** The frame, header or message ends before what it announces. */
    TRUNCATED,
    /** Not Ethernet with IPv4 (or ARP, where ARP is read). */
    NOT_IPV4,
    /** IPv4 version, header length or total length make no sense. */
    BAD_IP_HEADER,
    /** The IPv4 header checksum is wrong. */
    BAD_IP_CHECKSUM,
    /** A fragment: DHCP replies are never fragmented for us, and reassembly is the kernel's. */
    FRAGMENT,
    /** Not UDP, or not for the DHCP client port. */
    NOT_DHCP,
    /** The UDP length does not fit the IPv4 payload. */
    BAD_UDP_LENGTH,
    /** The UDP checksum is present, was to be checked, and is wrong. */
    BAD_UDP_CHECKSUM,
    /** Not a BOOTREPLY. */
    NOT_A_REPLY,
    /** Hardware type or length is not Ethernet's. */
    BAD_HARDWARE,
    /** The magic cookie is missing: plain BOOTP or something else. */
    NO_COOKIE,
    /** An option runs over the end of its field. */
    BAD_OPTION_LENGTH,
    /** Option 52 has a wrong length or value, or stands inside an overloaded field. */
    BAD_OVERLOAD,
    /** No option 53. */
    NO_MESSAGE_TYPE,
    /** Option 53 is not one octet, or not a type that a server sends. */
    BAD_MESSAGE_TYPE,
    /** An option that decides about the lease has the wrong length or content. */
    BAD_OPTION_VALUE,
    /** An ARP packet that is not about IPv4 over Ethernet. */
    BAD_ARP,
    /** The transaction id is not that of the running exchange. */
    OTHER_TRANSACTION,
    /** The hardware address is not ours. */
    OTHER_HARDWARE,
    /** It echoes a client identifier that is not ours (RFC 6842 §3). */
    OTHER_CLIENT_ID,
    /** Another server than the one that was chosen. */
    OTHER_SERVER,
    /** No server identifier, or one that cannot be a host. */
    NO_SERVER,
    /** The user told us to ignore this server. */
    REJECTED_SERVER,
    /** An offer without an option that the user requires. */
    LACKS_OPTION,
    /** The offered address cannot be a host's. */
    BAD_ADDRESS,
    /** Another address than the one that was asked for. */
    OTHER_ADDRESS,
    /** No lease time, or a lease of no time. */
    NO_LEASE_TIME,
    /** A message of this type means nothing in the state the client is in. */
    UNEXPECTED,
    /** More packets came in one turn than are worth reading. */
    FLOOD
}
