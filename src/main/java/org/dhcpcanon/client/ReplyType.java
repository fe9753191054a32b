package org.dhcpcanon.client;

import org.dhcpcanon.packet.MessageType;

/** What a server can say. */
public enum ReplyType {
    OFFER,
    ACK,
    NAK;

    /** The reader lets only these three through. */
    static ReplyType of(MessageType type) {
        return switch (type) {
            case OFFER -> OFFER;
            case ACK -> ACK;
            case NAK -> NAK;
            case DISCOVER, REQUEST, DECLINE, RELEASE ->
                throw new IllegalArgumentException(type + " does not come from a server");
        };
    }
}
