package org.dhcpcanon.audit;

import org.dhcpcanon.packet.Ipv4;

/** What a client's message is for: RFC 2131 §4.3.2 tells the four kinds of DHCPREQUEST apart by what they hold. */
enum Kind {
    DISCOVER,
    /** A REQUEST that answers an OFFER. */
    SELECT,
    /** A REQUEST for a remembered address, in INIT-REBOOT. */
    REBOOT,
    RENEW,
    REBIND,
    DECLINE,
    RELEASE,
    INFORM,
    /** Without option 53, or with one that cannot be. */
    UNTYPED,
    OTHER;

    /** @param offered whether an OFFER with this xid was seen before */
    static Kind of(Seen.Dhcp packet, boolean offered) {
        return switch (packet.message().type()) {
            case 0 -> UNTYPED;
            case 1 -> DISCOVER;
            case 3 -> request(packet, offered);
            case 4 -> DECLINE;
            case 7 -> RELEASE;
            case 8 -> INFORM;
            default -> OTHER;
        };
    }

    private static Kind request(Seen.Dhcp packet, boolean offered) {
        WireMessage message = packet.message();
        if (!message.ciaddr().equals(Ipv4.ANY)) {
            return packet.isBroadcast() ? REBIND : RENEW;
        }
        return message.has(54) || offered ? SELECT : REBOOT;
    }

    boolean isRequest() {
        return this == SELECT || this == REBOOT || isExtension();
    }

    /** Of a lease that is held. */
    boolean isExtension() {
        return this == RENEW || this == REBIND;
    }

    /** Whether a client that has nothing begins with it. */
    boolean isBeginning() {
        return this == DISCOVER || this == REBOOT;
    }
}
