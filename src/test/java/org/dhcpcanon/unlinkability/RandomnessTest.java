package org.dhcpcanon.unlinkability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.dhcpcanon.app.ServiceEntropy;
import org.dhcpcanon.client.Entropy;
import org.junit.jupiter.api.Test;

/** What the client draws with the service's entropy is uniform and tells nothing of what it draws next. */
class RandomnessTest {
    /**
     * A false alarm of all {@link #TESTS} tests together is then as rare as 1 in 10^6 runs; a bit that is set in 51 % of all xids instead
     * of 50 fails in more than 99.9 % of them.
     */
    private static final double LEAST = 1e-8;

    private static final int TESTS = 87;
    /** Two xids each. */
    private static final int SESSIONS = Integer.getInteger("unlinkability.draws", 50_000);

    private static final int KNOWN_TO_LEAK = 5_000;
    private static final int ATTACKS = 50;

    @Test
    void drawsAreUniformAndIndependent() {
        Draws draws = Draws.of(ServiceEntropy.create(), SESSIONS);
        Map<String, Double> tests = Uniformity.of(draws);
        assertEquals(TESTS, tests.size());
        assertEquals(Map.of(), failed(tests));
        assertEquals(0, recovered(draws), "generators were recovered");
    }

    /** The very attack that must find nothing above. */
    @Test
    void theGeneratorOfJavaUtilRandomIsRecovered() {
        Random weak = new Random();
        assertTrue(recovered(Draws.of(weak::nextInt, ATTACKS)) > 0.9 * ATTACKS);
    }

    @Test
    void xidsThatNeverSetTheTopBitFail() {
        Entropy whole = ServiceEntropy.create();
        assertFails("bit 31", from(() -> whole.bits() >>> 1, whole));
    }

    @Test
    void xidsThatCountUpFail() {
        int[] count = {0};
        assertFails("xid and the one 1 later", from(() -> count[0] += 1_000_003, ServiceEntropy.create()));
    }

    @Test
    void shufflesThatPreferSomeOrdersFail() {
        Entropy whole = ServiceEntropy.create();
        // Every seventh choice is the first.
        Entropy lazy = new Entropy() {
            @Override
            public int bits() {
                return whole.bits();
            }

            @Override
            public int below(int bound) {
                return whole.below(7) == 0 ? 0 : whole.below(bound);
            }
        };
        for (String name : List.of("parameters and REQUEST", "DISCOVER and DISCOVER", "first wait", "T1")) {
            assertFails(name, lazy);
        }
    }

    private static void assertFails(String test, Entropy entropy) {
        Map<String, Double> failed = failed(Uniformity.of(Draws.of(entropy, KNOWN_TO_LEAK)));
        assertTrue(failed.containsKey(test), () -> test + " has seen nothing: " + failed);
    }

    private static Map<String, Double> failed(Map<String, Double> tests) {
        Map<String, Double> failed = new TreeMap<>();
        tests.forEach((name, probability) -> {
            if (!(probability > LEAST)) {
                failed.put(name, probability);
            }
        });
        return failed;
    }

    private static Entropy from(Entropy xids, Entropy choices) {
        return OtherClients.entropy(xids, choices);
    }

    /** In how many sessions what was seen of the search told the xid of the renewal. */
    private static long recovered(Draws draws) {
        return IntStream.range(0, ATTACKS)
                .filter(i -> {
                    int wait = Math.toIntExact(draws.waits.get(i) / 1000 + 1_000_000);
                    return RandomCycle.foretells(draws.xids.get(2 * i), wait, draws.xids.get(2 * i + 1));
                })
                .count();
    }
}
