package org.dhcpcanon.unlinkability;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
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

    /** Its DHCP messages, masked. */
    List<Sent> messages() {
        return masked().stream().filter(frame -> !frame.isArp()).toList();
    }

    /** Its ARP packets, masked. */
    List<Sent> arps() {
        return masked().stream().filter(Sent::isArp).toList();
    }

    /** With every message changed. */
    Recording with(UnaryOperator<Sent> change) {
        return new Recording(
                hardware,
                sent.stream()
                        .map(frame -> frame.isArp() ? frame : change.apply(frame))
                        .toList(),
                given);
    }

    /** With every ARP packet at another moment, given its number. */
    Recording delayed(IntToLongFunction nanoseconds) {
        List<Sent> changed = new ArrayList<>();
        int number = 0;
        for (Sent frame : sent) {
            long at = frame.at() + (frame.isArp() ? nanoseconds.applyAsLong(number++) : 0);
            changed.add(new Sent(at, frame.latency(), frame.frame()));
        }
        return new Recording(hardware, changed, given);
    }
}
