package org.dhcpcanon.unlinkability;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.dhcpcanon.packet.MacAddress;

/**
 * All that one session has sent.
 *
 * @param hardware its address
 * @param sent oldest first
 * @param given the addresses that its server gave or has
 */
record Recording(MacAddress hardware, List<Sent> sent, Set<Integer> given) {
    Recording {
        sent = List.copyOf(sent);
        given = Set.copyOf(given);
    }

    List<Sent> masked() {
        return sent.stream().map(frame -> frame.masked(hardware, given)).toList();
    }

    /** With every frame changed. */
    Recording with(UnaryOperator<Sent> change) {
        return new Recording(hardware, sent.stream().map(change).toList(), given);
    }
}
