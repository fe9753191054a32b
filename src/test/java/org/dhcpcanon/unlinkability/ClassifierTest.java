package org.dhcpcanon.unlinkability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who has half of all sessions with the machine's name on each cannot name the machines of the other half. */
class ClassifierTest {
    private static final double LINKED = 0.5;

    /** Guessing, and three standard deviations of it: 12.8 % for 10 machines with 200 sessions. */
    private static double chance() {
        double guess = 1.0 / Population.MACHINES;
        double asked = Population.MACHINES * Population.SESSIONS / 2.0;
        return guess + 3 * Math.sqrt(guess * (1 - guess) / asked);
    }

    /**
     * Guesses exceed three deviations in 0.2 % of all runs, twice as often with two classifiers. So a run that exceeds them is done again
     * with new sessions, and only the second counts: a false alarm is rarer than 1 in 10^4.
     */
    @Test
    void sessionsCannotBeLinked() {
        Linking linking = Population.real().linking();
        if (linking.best() > chance()) {
            linking = Population.real().linking();
        }
        assertTrue(linking.best() <= chance(), linking + " exceeds " + chance());
    }

    @Test
    void networkManagersOwnClientIsLinked() {
        assertLinked(() -> Population.real().by(OtherClients::networkManager));
    }

    @Test
    void dhcpcdIsLinked() {
        assertLinked(() -> Population.real().by(OtherClients::dhcpcd));
    }

    @Test
    void weakXidsAreLinked() {
        assertLinked(() -> Population.of(OtherClients::withWeakXids));
    }

    @Test
    void fixedShufflesAreLinked() {
        assertLinked(() -> Population.of(OtherClients::withFixedShuffles));
    }

    private static void assertLinked(Supplier<Population> population) {
        Linking linking = population.get().linking();
        assertTrue(linking.best() > LINKED, () -> "the gate is blind: " + linking);
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
