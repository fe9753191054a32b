package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.packet.IpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no profile may ask for, whoever wrote it. */
class ProfileBoundsTest {
    private static final Wait SECOND = new Wait(1000, 0);
    private static final Backoff BACKOFF = new Backoff(List.of(SECOND));

    private static boolean isPossible(Runnable made) {
        try {
            made.run();
            return true;
        } catch (IllegalArgumentException expected) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, true",
        "86400000, 0, true",
        "1000, 999, true",
        "0, 0, false",
        "86400001, 0, false",
        "1000, 1000, false",
        "1000, -1, false"
    })
    void aWaitIsBetweenAMillisecondAndADay(long milliseconds, long spread, boolean possible) {
        assertEquals(possible, isPossible(() -> new Wait(milliseconds, spread)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, true",
        "10, 60000, true",
        "0, 0, false",
        "11, 0, false",
        "3, -1, false",
        "3, 60001, false",
    })
    void aProfileAsksForAnOfferSomeTimes(int tries, long fuzz, boolean possible) {
        assertEquals(possible, isPossible(() -> new Timing(BACKOFF, tries, fuzz, true, false)));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1200, true", "-1, false", "1201, false"})
    void aPayloadIsPaddedSoThatItFitsAFrame(int length, boolean possible) {
        IpHeader header = new IpHeader(64, 0, true, 0);
        assertEquals(possible, isPossible(() -> new Look(length, false, header, false, false, false)));
    }

    @Test
    void thereIsAtLeastOneWaitAndOneProbe() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Arp(List.of(), SECOND, List.of()));
    }

    @Test
    void theLastWaitIsUsedForEver() {
        Backoff backoff = new Backoff(List.of(SECOND, new Wait(2000, 0)));
        for (int tries = 1; tries < 5; tries++) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(backoff.wait(tries, () -> 0));
            assertEquals(Math.min(tries, 2), seconds);
        }
    }
}
