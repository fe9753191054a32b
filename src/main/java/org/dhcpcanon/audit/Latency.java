package org.dhcpcanon.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How long a client took from the first OFFER of a search to its REQUEST: it shows what the client is written in. */
record Latency(Sent request, long nanoseconds) {
    /** One for each search that was answered; repetitions do not count. */
    static List<Latency> of(Client client) {
        List<Latency> found = new ArrayList<>();
        Set<Integer> met = new HashSet<>();
        for (Sent one : client.sent(Kind.SELECT).toList()) {
            if (!one.offers().isEmpty() && met.add(one.message().xid())) {
                long offered = one.offers().get(0).frame().at();
                found.add(new Latency(one, one.at() - offered));
            }
        }
        return found;
    }
}
