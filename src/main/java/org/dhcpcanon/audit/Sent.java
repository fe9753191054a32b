package org.dhcpcanon.audit;

import java.util.List;
import java.util.Optional;

/**
 * A client's message, and what had been seen when it was sent.
 *
 * @param offers with its xid, the first of them only
 * @param discover the last one with its xid
 * @param ack the last one, of any xid
 */
record Sent(
        Seen.Dhcp packet, Kind kind, List<Seen.Dhcp> offers, Optional<Seen.Dhcp> discover, Optional<Seen.Dhcp> ack) {
    Sent {
        offers = List.copyOf(offers);
    }

    WireMessage message() {
        return packet.message();
    }

    Frame frame() {
        return packet.frame();
    }

    long at() {
        return frame().at();
    }
}
