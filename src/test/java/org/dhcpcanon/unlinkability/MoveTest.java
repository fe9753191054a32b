package org.dhcpcanon.unlinkability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A client that goes on under another hardware address is another client for everybody else. */
class MoveTest {
    private static final int MOVES = 200;

    private final List<List<Recording>> moves = moves();

    private static List<List<Recording>> moves() {
        Machine machine = Machine.real(1);
        SplittableRandom networks = new SplittableRandom(3);
        List<List<Recording>> moves = new ArrayList<>();
        for (int i = 0; i < MOVES; i++) {
            moves.add(VirtualSession.moved(machine, networks.split()));
        }
        return moves;
    }

    /** By chance the order is the same in one of twelve, and in a quarter of so many moves once in 10^11 times. */
    @Test
    void parametersAreDrawnAnew() {
        long same = moves.stream()
                .filter(halves -> parameters(halves.get(0)).equals(parameters(halves.get(1))))
                .count();
        assertTrue(same < MOVES / 4, () -> "the same order in " + same);
    }

    private static String parameters(Recording half) {
        return half.messages().stream()
                .findFirst()
                .map(sent -> sent.fields().getOrDefault("option 55", "none"))
                .orElse("nothing was sent");
    }

    /** By chance one is the same once in 10^6 times. */
    @Test
    void noTransactionGoesOn() {
        List<Set<Integer>> both = new ArrayList<>();
        for (List<Recording> halves : moves) {
            Set<Integer> common = xids(halves.get(0));
            common.retainAll(xids(halves.get(1)));
            both.add(common);
        }
        assertEquals(Set.of(Set.of()), Set.copyOf(both));
    }

    private static Set<Integer> xids(Recording half) {
        return new HashSet<>(half.sent().stream()
                .filter(sent -> !sent.isArp())
                .map(Sent::xid)
                .toList());
    }
}
