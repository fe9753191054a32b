package org.dhcpcanon.requirements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import smile.math.special.Gamma;

/**
 * The rows about what is drawn: two thousand sessions of strict, each of which searches in vain, gets a lease, renews, rebinds, and either
 * declines or releases. The draws are those of fixed seeds, so that no run differs from another; of others one in a million would fail.
 */
class DrawnRowsTest {
    private static final int SESSIONS = 2000;
    private static final double LEAST = 1e-7;
    private static final double SECOND = Play.SECOND;
    private static final List<Play> PLAYS = new ArrayList<>();

    @BeforeAll
    static void play() {
        for (int i = 0; i < SESSIONS; i++) {
            Play play = new Play("session " + i, i, Policy.of(Profiles.strict())).start();
            for (int tries = 0; tries < 5; tries++) {
                play.due();
            }
            play.lease().until("renewing").due().until("rebinding").ack();
            PLAYS.add(i % 2 == 0 ? play.release() : play.untilAsked().answer(SinkAnswer.REFUSED));
        }
    }

    /** In each kind of message every order in which 53 is first, and each as often as the others. */
    @Test
    void v4_12_everyOrderOfOptionsOccursEquallyOften() {
        Map<String, Map<List<Integer>, Integer>> orders = new TreeMap<>();
        for (Play play : PLAYS) {
            for (Packet packet : play.sent()) {
                orders.computeIfAbsent(kind(packet), key -> new HashMap<>()).merge(packet.codes(), 1, Integer::sum);
            }
        }
        Map<String, Integer> possible =
                Map.of("DISCOVER", 2, "REQUEST of 5", 24, "REQUEST of 3", 2, "DECLINE", 6, "RELEASE", 2);
        assertEquals(possible.keySet(), orders.keySet());
        orders.forEach((kind, counts) -> assertUniform(kind, counts.values(), possible.getOrDefault(kind, 0)));
    }

    private static String kind(Packet packet) {
        String type = packet.message().type().name();
        return packet.is(MessageType.REQUEST) ? type + " of " + packet.codes().size() : type;
    }

    /** A message does not tell the order of the next. */
    @Test
    void v4_12_theOrderIsDrawnAnewForEachMessage() {
        Map<List<List<Integer>>, Integer> pairs = new HashMap<>();
        for (Play play : PLAYS) {
            List<Packet> sent = play.sent();
            pairs.merge(List.of(sent.get(0).codes(), sent.get(1).codes()), 1, Integer::sum);
        }
        assertUniform("two DISCOVERs", pairs.values(), 4);
    }

    /** All twelve orders in which 121 is before 3. */
    @Test
    void v4_20_everyAllowedOrderOfParametersOccursEquallyOften() {
        Map<List<Integer>, Integer> orders = new HashMap<>();
        PLAYS.forEach(play -> orders.merge(play.sent().get(0).parameters(), 1, Integer::sum));
        assertTrue(orders.keySet().stream().allMatch(order -> order.indexOf(121) < order.indexOf(3)));
        assertUniform("parameters", orders.values(), 12);
    }

    /** The test of Kolmogorov and Smirnov: what a wait is off 4, 8, 16, 32 and 64 s is uniform between -1 and 1 s. */
    @Test
    void r_01_theRandomPartOfEachWaitIsUniform() {
        Map<Integer, List<Double>> parts = new LinkedHashMap<>();
        for (Play play : PLAYS) {
            List<Packet> sent = play.sent();
            for (int i = 0; i < 5; i++) {
                double waited = (sent.get(i + 1).at() - sent.get(i).at()) / SECOND;
                parts.computeIfAbsent(i, key -> new ArrayList<>()).add(waited - (4 << i));
            }
        }
        parts.forEach((wait, values) -> assertSpread("wait " + wait, values));
    }

    /** RFC 2131 §4.4.5, of a lease of an hour. */
    @Test
    void r_03_theRandomPartOfT1IsUniform() {
        List<Double> parts = new ArrayList<>();
        for (Play play : PLAYS) {
            Packet selecting =
                    play.sent().stream().filter(Packet::isSelecting).findFirst().orElseThrow();
            Packet renewal =
                    play.sent().stream().filter(Packet::isExtending).findFirst().orElseThrow();
            // The ACK comes three milliseconds after the REQUEST.
            parts.add((renewal.at() - selecting.at()) / SECOND - 0.003 - 1800);
        }
        assertSpread("T1", parts);
    }

    /** Each bit in half of them, each octet as often as the others, and none like the one before. */
    @Test
    void r_06_transactionsAreRandom() {
        List<Integer> xids = PLAYS.stream()
                .flatMap(play -> play.sent().stream()
                        .map(packet -> packet.message().transactionId())
                        .distinct())
                .toList();
        assertTrue(xids.size() >= 3 * SESSIONS);
        assertTrue(xids.size() - xids.stream().distinct().count() <= 3);
        for (int place = 0; place < Integer.BYTES; place++) {
            int shift = 8 * place;
            assertUniform(
                    "octet " + place,
                    counts(xids.stream().map(xid -> (xid >>> shift) & 0xff).toList()),
                    256);
            assertUniform("step of octet " + place, counts(steps(xids, shift)), 256);
        }
    }

    private static List<Integer> steps(List<Integer> xids, int shift) {
        List<Integer> steps = new ArrayList<>();
        for (int i = 1; i < xids.size(); i++) {
            steps.add(((xids.get(i) - xids.get(i - 1)) >>> shift) & 0xff);
        }
        return steps;
    }

    private static Collection<Integer> counts(List<Integer> values) {
        Map<Integer, Integer> counts = new HashMap<>();
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        return counts.values();
    }

    /** Chi-square. */
    private static void assertUniform(String what, Collection<Integer> counts, int kinds) {
        assertEquals(kinds, counts.size(), what);
        double expected = counts.stream().mapToInt(Integer::intValue).sum() / (double) kinds;
        double sum = counts.stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        double probability = Gamma.regularizedUpperIncompleteGamma((kinds - 1) / 2.0, sum / 2);
        assertTrue(probability > LEAST, what + ": " + probability);
    }

    /** Uniform between -1 and 1. */
    private static void assertSpread(String what, List<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        double farthest = 0;
        for (int i = 0; i < sorted.size(); i++) {
            double share = (sorted.get(i) + 1) / 2;
            farthest = Math.max(farthest, Math.abs(share - (i + 0.5) / sorted.size()) + 0.5 / sorted.size());
        }
        double probability = 2 * Math.exp(-2 * sorted.size() * farthest * farthest);
        assertTrue(probability > LEAST, what + ": " + probability);
    }
}
