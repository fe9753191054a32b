package org.dhcpcanon.unlinkability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No value of any field is in two sessions of one machine and in none of another.
 *
 * <p>By chance that happens once in 10^5 runs: the random name of {@code windows} is one of 7.8 * 10^10, and of its 2 * 10^5 pairs of
 * sessions of one machine each has the same with that rarity. Every random order has so few forms that all machines show all of them.
 */
class ExactSetsTest {
    static List<String> profiles() {
        return Population.NAMES;
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void noValueIsOfOneMachine(String profile) {
        assertEquals(Set.of(), own(Population.visits(profile)));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void theIdentifierOfAMachineWouldBeFound(String profile) {
        assertNotEquals(Set.of(), own(Population.visits(profile).by(OtherClients::withMachineIdentifier)));
    }

    /** Values that one machine had more than once and no other had. */
    private static Set<String> own(Population population) {
        List<Map<String, Integer>> machines =
                population.sessions().stream().map(ExactSetsTest::counted).toList();
        Map<String, Integer> owners = new HashMap<>();
        machines.forEach(values -> values.keySet().forEach(value -> owners.merge(value, 1, Integer::sum)));
        Set<String> own = new HashSet<>();
        machines.forEach(values -> values.forEach((value, sessions) -> {
            if (sessions > 1 && owners.getOrDefault(value, 0) == 1) {
                own.add(value);
            }
        }));
        return own;
    }

    /** In how many sessions each value was. */
    private static Map<String, Integer> counted(List<Recording> sessions) {
        Map<String, Integer> counted = new HashMap<>();
        sessions.forEach(session -> {
            Set<String> values = new HashSet<>();
            session.masked().forEach(sent -> values.addAll(values(sent)));
            values.forEach(value -> counted.merge(value, 1, Integer::sum));
        });
        return counted;
    }

    private static List<String> values(Sent sent) {
        List<String> values = new ArrayList<>();
        String message = sent.isArp() ? "ARP " : sent.type() + " ";
        sent.fields().forEach((name, value) -> values.add(message + name + " " + value));
        return values;
    }
}
