package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When FAIL is told, and that nobody sees it on the wire. */
class FailTest {
    private record Seen(List<Double> failed, List<Double> sent) {}

    private static Seen seen(Script script, double seconds) {
        List<Double> failed = new ArrayList<>();
        List<Double> sent = new ArrayList<>();
        while (script.sinceBegin() < seconds) {
            script.due();
            if (script.effects().contains(new Effect.Announce(LeaseReason.FAIL))) {
                failed.add(script.sinceBegin());
            }
            if (!script.sent().isEmpty()) {
                sent.add(script.sinceBegin());
            }
        }
        return new Seen(failed, sent);
    }

    @Test
    void withoutAWishItIsToldOnce() {
        assertEquals(List.of(60.0), seen(Script.impatient(60).start(), 10_000).failed());
    }

    /** As with dhclient: a pause of half to one and a half of the time, and the next search is given up. */
    @Test
    void itIsToldAgainAfterThePauseAndAnotherSearch() {
        List<Double> failed =
                seen(Script.impatient(60).retrying(300).start(), 100_000).failed();
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int i = 1; i < failed.size(); i++) {
            double pause = failed.get(i) - failed.get(i - 1) - 60;
            least = Math.min(least, pause);
            most = Math.max(most, pause);
        }
        assertTrue(least >= 150 && least < 170, () -> failed.toString());
        assertTrue(most <= 450 && most > 430, () -> failed.toString());
    }

    /** What a machine's configuration says about failures is not seen by others. */
    @Test
    void theSearchGoesOnAtTheProfilesPace() {
        List<Double> sent =
                seen(Script.impatient(60).retrying(300).start(), 3000).sent();
        for (int i = 6; i < sent.size(); i++) {
            double wait = sent.get(i) - sent.get(i - 1);
            assertTrue(wait >= 63 && wait <= 65, () -> sent.toString());
        }
    }

    @Test
    void aPauseOfNothingIsNoLoop() {
        assertEquals(
                List.of(60.0, 120.0, 180.0),
                seen(Script.impatient(60).retrying(0).start(), 180).failed());
    }

    @Test
    void theLongestTimesAreNotBeyondCounting() {
        Script script =
                Script.impatient(Integer.MAX_VALUE).retrying(0xffff_ffffL).start();
        script.later(Integer.MAX_VALUE).expectEffects("tell FAIL");
        script.later(1e9).expectSent(org.dhcpcanon.packet.MessageType.DISCOVER);
    }

    @Test
    void nothingIsToldWhileAnOfferedAddressIsLookedAt() {
        Script script = Script.impatient(5).probing().start().offer(60).ack(60);
        script.later(6).expectState("probing").expectEffects();
        script.verdict(Verdict.FREE).expectState("checking").expectEffects("tell BOUND", "listen QUIET");
    }

    @Test
    void afterAConflictItIsToldThatThereIsNoneForTooLong() {
        Script script = Script.impatient(5).probing().start().offer(60).ack(60);
        script.later(6).verdict(Verdict.CONFLICT).expectState("waiting");
        script.due().expectState("waiting").expectEffects("tell FAIL");
    }
}
