package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;

/** Whatever happens, in whatever order, some things always hold. */
class HistoriesTest {
    /** Fewer where every one of a thousand changed programs plays them. */
    private static final int HISTORIES = Integer.getInteger("histories", 10_000);

    private static final int EVENTS = 60;

    @Test
    void theInvariantsHoldInEveryHistory() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            long present = seed;
            try {
                play(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history with seed " + present, e);
            }
        }
    }

    @Test
    void theSameHistoryGivesTheSameEffects() {
        for (long seed = 0; seed < Math.min(200, HISTORIES); seed++) {
            assertEquals(play(seed), play(seed));
        }
    }

    private static List<String> play(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Script script = Script.of(profile(seed), seed);
        if (seed % 2 == 0) {
            script.probing();
        }
        List<String> log = new ArrayList<>();
        boolean told = false;
        int sent = 0;
        for (int i = 0; i < EVENTS; i++) {
            step(script, random);
            for (Effect effect : script.effects()) {
                log.add(Script.name(effect));
                told = check(effect, script, told);
            }
            sent += script.sent().size();
            assertTrue(script.hasCarrier() || script.sent().isEmpty(), "sent without a link");
            assertTrue(script.state().deadline() > 0);
        }
        assertTrue(sent <= 2 * EVENTS, "more than two messages an event");
        script.command(Command.STOP).expectState("stopped").expectSilence();
        return log;
    }

    private static Profile profile(long seed) {
        List<String> names = Profiles.NAMES;
        return Profiles.byName(names.get((int) (seed % names.size())));
    }

    /** A lease is told only while one is held; an end is told only after a lease was. */
    private static boolean check(Effect effect, Script script, boolean told) {
        if (effect instanceof Effect.Publish publish) {
            assertEquals(Optional.of(publish.lease()), script.state().held());
            return true;
        }
        if (effect instanceof Effect.Announce announce && announce.reason() == LeaseReason.EXPIRE) {
            assertTrue(script.state().held().isEmpty());
            assertTrue(told, "EXPIRE without a lease");
            return false;
        }
        if (effect instanceof Effect.Send send) {
            MessageType type = send.packet().message().type();
            assertFalse(type == MessageType.DECLINE && script.state().held().isPresent());
        }
        return told;
    }

    private static void step(Script script, SplittableRandom random) {
        switch (random.nextInt(18)) {
            case 0, 1, 2 -> script.offer(1 + random.nextInt(4000));
            case 3, 4, 5 -> script.ack(1 + random.nextInt(4000));
            case 6 -> script.nak();
            case 7, 8 -> {
                if (script.state().deadline() == Long.MAX_VALUE) {
                    script.later(1);
                } else {
                    script.due();
                }
            }
            case 9 -> script.later(random.nextInt(5000));
            case 10, 11 -> script.answer(List.of(SinkAnswer.values()).get(random.nextInt(3)));
            case 12 -> script.command(random.nextInt(20) == 0 ? Command.STOP : Command.RENEW);
            case 13, 14 -> script.verdict(random.nextInt(4) == 0 ? Verdict.CONFLICT : Verdict.FREE);
            case 15 -> script.carrier(false);
            case 16 -> script.carrier(true);
            default -> script.start();
        }
    }
}
