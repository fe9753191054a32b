package org.dhcpcanon.unlinkability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has half of all sessions with the machine's name on each cannot name the machines of the other half. */
class ClassifierTest {
    private static final double LINKED = 0.5;
    /** How far from a half the measure of pairs may be. */
    private static final double PAIRS = 0.03;

    /** Guessing, and three standard deviations of it: 12.8 % for 10 machines with 200 sessions. */
    private static double chance() {
        double guess = 1.0 / Population.MACHINES;
        double asked = Population.MACHINES * Population.SESSIONS / 2.0;
        return guess + 3 * Math.sqrt(guess * (1 - guess) / asked);
    }

    static List<String> profiles() {
        return Population.NAMES;
    }

    /**
     * Guesses exceed three deviations in 0.2 % of all runs, twice as often with two classifiers; the deviation of the pairs' measure is
     * 0.002, so that it alone never would. So a run that exceeds them is done again with new sessions, twice at most, and only the last
     * counts: a false alarm is rarer than 1 in 10^6.
     */
    @ParameterizedTest
    @MethodSource("profiles")
    void sessionsCannotBeLinked(String profile) {
        Linking linking = Population.visits(profile).linking();
        for (int more = 0; more < 2 && isLinked(linking); more++) {
            linking = Population.real(profile).linking();
        }
        assertFalse(isLinked(linking), linking + " exceeds " + chance());
    }

    private static boolean isLinked(Linking linking) {
        return linking.best() > chance() || linking.pairs() > PAIRS;
    }

    @Test
    void networkManagersOwnClientIsLinked() {
        assertLinked(() -> Population.visits("strict").by(OtherClients::networkManager));
    }

    @Test
    void dhcpcdIsLinked() {
        assertLinked(() -> Population.visits("strict").by(OtherClients::dhcpcd));
    }

    @Test
    void weakXidsAreLinked() {
        assertLinked(() -> Population.of(OtherClients::withWeakXids));
    }

    @Test
    void fixedShufflesAreLinked() {
        assertLinked(() -> Population.of(OtherClients::withFixedShuffles));
    }

    @Test
    void slowProbesAreLinked() {
        assertLinked(() -> Population.visits(Population.PROBING).by(OtherClients::withSlowProbes));
    }

    private static void assertLinked(Supplier<Population> population) {
        Linking linking = population.get().linking();
        assertTrue(linking.best() > LINKED, () -> "the classifiers are blind: " + linking);
        assertTrue(linking.pairs() > 0.25, () -> "the measure of pairs is blind: " + linking);
    }

    @Test
    void theCycleOfRandomIsFollowed() {
        Random random = new Random(77);
        int first = random.nextInt();
        random.nextInt();
        double place = RandomCycle.place(first, random.nextInt());
        int later = random.nextInt();
        assertEquals(place, RandomCycle.place(later, random.nextInt()), 1e-12);
    }
}
