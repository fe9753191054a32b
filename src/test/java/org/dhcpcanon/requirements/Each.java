package org.dhcpcanon.requirements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** A requirement that holds in all histories of a state, for all messages that it concerns. */
final class Each {
    private final List<Play> plays;

    private Each(List<Play> plays) {
        this.plays = plays;
    }

    /** All that strict does in that state. */
    static Each in(String state) {
        return new Each(Histories.of("strict").in(state));
    }

    static Each in(List<Play> plays) {
        return new Each(plays);
    }

    void message(Predicate<Packet> kept) {
        message(packet -> true, kept);
    }

    /** @param concerned which messages; there must be some, or nothing would be proved */
    void message(Predicate<Packet> concerned, Predicate<Packet> kept) {
        message(concerned, (play, packet) -> kept.test(packet));
    }

    void message(Predicate<Packet> concerned, BiPredicate<Play, Packet> kept) {
        List<String> broken = plays.stream()
                .flatMap(play -> play.sent().stream()
                        .filter(concerned)
                        .filter(packet -> !kept.test(play, packet))
                        .map(packet -> play + ": " + packet))
                .toList();
        assertEquals(List.of(), broken);
        assertNotEquals(
                0,
                plays.stream()
                        .flatMap(play -> play.sent().stream())
                        .filter(concerned)
                        .count(),
                "no such message");
    }

    void play(Predicate<Play> kept) {
        assertEquals(List.of(), plays.stream().filter(kept.negate()).toList());
    }
}
