package org.dhcpcanon.audit;

import java.util.Locale;
import java.util.Optional;
import org.dhcpcanon.packet.MacAddress;

/**
 * What is seen of a DHCP message at once, before anything is judged.
 *
 * @param type such as {@code DISCOVER}, or the number of option 53 if it is not one of RFC 2132 §9.6
 * @param hardware the client's, chaddr
 */
public record Glance(String type, int xid, MacAddress hardware) {
    private static final String[] TYPES = {
        "untyped", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM"
    };

    /** Empty for all that is no whole DHCP message. */
    public static Optional<Glance> at(Frame frame) {
        try {
            return FrameReader.read(frame)
                    .filter(Seen.Dhcp.class::isInstance)
                    .map(Seen.Dhcp.class::cast)
                    .map(packet -> of(packet.message()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Glance of(WireMessage message) {
        int type = message.type();
        String name = type < TYPES.length ? TYPES[type] : String.format(Locale.ROOT, "type %d", type);
        return new Glance(name, message.xid(), message.hardware());
    }
}
