package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void theSpreadIsASecondEitherWayAndUniform() {
        int[] tenths = new int[20];
        for (int i = 0; i < 20_000; i++) {
            long spread = Wait.fuzz(1000, random::nextInt);
            assertTrue(Math.abs(spread) <= 1_000_000_000L);
            tenths[(int) Math.min(19, (spread + 1_000_000_000L) / 100_000_000L)]++;
        }
        for (int count : tenths) {
            assertEquals(1000, count, 200);
        }
    }

    @Test
    void aRandomNumberBelowABoundIsUniformAndBelowIt() {
        int[] counts = new int[3];
        Entropy entropy = random::nextInt;
        for (int i = 0; i < 30_000; i++) {
            counts[entropy.below(3)]++;
        }
        for (int count : counts) {
            assertEquals(10_000, count, 600);
        }
        assertEquals(0, entropy.below(1));
    }
}
