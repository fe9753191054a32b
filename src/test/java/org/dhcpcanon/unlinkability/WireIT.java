package org.dhcpcanon.unlinkability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is said of sessions in virtual time holds on a real wire: both show the same packets. */
class WireIT {
    private static final Set<String> KINDS = Set.of("DISCOVER", "SELECT", "RENEW", "REBIND", "PROBE", "ANNOUNCEMENT");

    @Test
    void aRealWireCarriesTheTemplatesOfVirtualTime() throws Exception {
        List<Recording> real = RealVisits.sessions();
        List<Recording> virtual = new ArrayList<>();
        Population.visits("strict").sessions().forEach(virtual::addAll);
        // None of those probes.
        virtual.add(VirtualSession.of(Machine.real(1, Population.policy(Population.PROBING)), new SplittableRandom(1)));
        assertEquals(RealVisits.SESSIONS, real.size());
        assertTrue(real.stream().allMatch(WireIT::isWhole), "a session without DISCOVER or REQUEST");
        assertEquals(KINDS, templates(real).keySet());
        assertEquals(templates(virtual), templates(real));
        Map<String, Set<String>> expected = orders(virtual);
        Map<String, Set<String>> orders = orders(real);
        List.of("DISCOVER", "SELECT").forEach(kind -> assertEquals(expected.get(kind), orders.get(kind)));
        // Of one session on the wire.
        List.of("RENEW", "REBIND")
                .forEach(kind -> assertTrue(all(expected, kind).containsAll(all(orders, kind)), orders::toString));
    }

    /** Nothing of it was lost, or taken for another's. */
    private static boolean isWhole(Recording session) {
        return session.sent().stream().map(Sent::kind).toList().containsAll(List.of("DISCOVER", "SELECT"));
    }

    private static Set<String> all(Map<String, Set<String>> orders, String kind) {
        return orders.getOrDefault(kind, Set.of());
    }

    /** By kind, all that is the same for everybody: everything but order. */
    private static Map<String, Set<String>> templates(List<Recording> sessions) {
        Map<String, Set<String>> templates = new TreeMap<>();
        sessions.stream()
                .flatMap(session -> session.masked().stream())
                .forEach(sent -> all(sent.kind(), templates).add(sent.template()));
        return templates;
    }

    private static Map<String, Set<String>> orders(List<Recording> sessions) {
        Map<String, Set<String>> orders = new TreeMap<>();
        for (Recording session : sessions) {
            for (Sent sent : session.messages()) {
                Map<String, String> fields = sent.fields();
                all(sent.kind(), orders).add("options " + fields.get("order"));
                all(sent.kind(), orders).add("parameters " + fields.get("option 55"));
            }
        }
        return orders;
    }

    private static Set<String> all(String kind, Map<String, Set<String>> map) {
        return map.computeIfAbsent(kind, none -> new TreeSet<>());
    }
}
