package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** RFC 5227 in virtual time. */
class ClaimTest {
    static final List<String> NAMES = Profiles.NAMES;
    private static final MacAddress OTHER = new MacAddress(0x0200_0000_0099L);
    private static final ArpPacket PROBE = ArpPacket.probe(Replies.HARDWARE, Replies.ADDRESS);
    private static final ArpPacket ANNOUNCEMENT = ArpPacket.announcement(Replies.HARDWARE, Replies.ADDRESS);
    private static final ArpPacket OTHERS_USE = ArpPacket.announcement(OTHER, Replies.ADDRESS);
    private static final ArpPacket OTHERS_PROBE = ArpPacket.probe(OTHER, Replies.ADDRESS);

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<ArpPacket> sent = new ArrayList<>();
    private final List<Double> times = new ArrayList<>();
    private Profile profile = Profiles.strict();
    private long now = Script.BEGIN;
    private Optional<Claim> claim = Optional.empty();
    private Optional<Verdict> verdict = Optional.empty();

    private Turn turn() {
        return new Turn(now, profile, Replies.HARDWARE, true, true, Long.MAX_VALUE, Long.MAX_VALUE, random::nextInt);
    }

    private ClaimTest take(Claim.Outcome outcome) {
        claim = outcome.next();
        verdict = outcome.verdict();
        for (Effect effect : outcome.effects()) {
            if (effect instanceof Effect.SendArp arp) {
                sent.add(arp.packet());
                times.add((now - Script.BEGIN) / 1e9);
            }
        }
        return this;
    }

    private ClaimTest probing() {
        return take(Claim.probing(Replies.ADDRESS, turn()));
    }

    private ClaimTest due() {
        now = claim.orElseThrow().actAt();
        return take(claim.orElseThrow().onDeadline(turn()));
    }

    private ClaimTest hears(ArpPacket packet) {
        return take(claim.orElseThrow().onArp(packet, turn()));
    }

    private ClaimTest untilFree() {
        while (verdict.isEmpty()) {
            due();
        }
        return this;
    }

    private ClaimTest untilWatching() {
        probing().untilFree();
        while (claim.orElseThrow().actAt() != Long.MAX_VALUE) {
            due();
        }
        return this;
    }

    private void expect(Verdict expected) {
        assertEquals(Optional.of(expected), verdict);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void allAreAskedThenTold(String name) {
        profile = Profiles.byName(name);
        probing().untilFree().expect(Verdict.FREE);
        Arp arp = profile.arp();
        assertTrue(sent.stream().allMatch(PROBE::equals));
        assertEquals(arp.probes().size(), sent.size());
        untilWatching();
        assertEquals(ANNOUNCEMENT, sent.get(sent.size() - 1));
    }

    @ParameterizedTest
    @CsvSource({"strict, 0.1, 0.6", "plain, 0.1, 0.6", "android, 0.3, 1.1", "windows, 2.9, 3.1"})
    void theVerdictTakesAsLongAsTheProfileSays(String name, double least, double most) {
        profile = Profiles.byName(name);
        probing().untilFree();
        double took = (now - Script.BEGIN) / 1e9;
        assertTrue(took >= least && took <= most, "took " + took);
    }

    @Test
    void nothingIsDoneBeforeItsTime() {
        probing();
        take(claim.orElseThrow().onDeadline(turn()));
        assertEquals(List.of(), sent);
    }

    @Test
    void whoUsesTheAddressHasIt() {
        probing().due().hears(OTHERS_USE).expect(Verdict.CONFLICT);
        assertEquals(Optional.empty(), claim);
    }

    @Test
    void whoAnswersAProbeHasIt() {
        ArpPacket answer = new ArpPacket(ArpPacket.REPLY, OTHER, Replies.ADDRESS, Replies.HARDWARE, Ipv4.ANY);
        probing().due().hears(answer).expect(Verdict.CONFLICT);
    }

    @Test
    void whoProbesAtTheSameTimeIsARival() {
        probing().hears(OTHERS_PROBE).expect(Verdict.CONFLICT);
    }

    @Test
    void ourOwnPacketsAndOtherAddressesAreNoConflict() {
        probing().hears(PROBE).hears(ANNOUNCEMENT).hears(ArpPacket.announcement(OTHER, Replies.OTHER_ADDRESS));
        hears(ArpPacket.probe(OTHER, Replies.OTHER_ADDRESS));
        hears(new ArpPacket(ArpPacket.REQUEST, OTHER, Replies.SERVER, MacAddress.ZERO, Replies.ADDRESS));
        hears(new ArpPacket(ArpPacket.REPLY, OTHER, Ipv4.ANY, Replies.HARDWARE, Replies.ADDRESS));
        assertEquals(Optional.empty(), verdict);
        assertTrue(claim.isPresent());
    }

    /** RFC 5227 §2.4 (b). */
    @Test
    void theAddressIsDefendedOnceInTenSeconds() {
        untilWatching();
        int before = sent.size();
        hears(OTHERS_USE);
        assertEquals(List.of(ANNOUNCEMENT), sent.subList(before, sent.size()));
        now += TimeUnit.SECONDS.toNanos(11);
        hears(OTHERS_USE);
        assertEquals(before + 2, sent.size());
        now += TimeUnit.SECONDS.toNanos(9);
        hears(OTHERS_USE).expect(Verdict.CONFLICT);
    }

    /** The kernel answers a probe; we need not. */
    @Test
    void aProbeOfAnotherHostIsNoConflictOnceTheAddressIsOurs() {
        untilWatching();
        int before = sent.size();
        hears(OTHERS_PROBE);
        assertEquals(before, sent.size());
        assertTrue(claim.isPresent());
    }

    @Test
    void whatIsInUseAlreadyIsOnlyWatched() {
        take(Claim.watching(Replies.ADDRESS, turn()));
        assertEquals(Long.MAX_VALUE, claim.orElseThrow().actAt());
        take(claim.orElseThrow().onDeadline(turn()));
        hears(OTHERS_USE);
        assertEquals(List.of(ANNOUNCEMENT), sent);
    }

    @Test
    void aConflictBeforeAnythingIsToldIsDeclinedAndTheSearchGoesOn() {
        Script script = Script.strict().probing().start().offer(60).ack(60).expectState("probing");
        script.verdict(Verdict.CONFLICT).expectEffects("DECLINE", "listen NOTHING", "forget");
        assertEquals(10.0, script.untilDeadline());
        script.due().expectState("selecting");
    }

    @Test
    void aConflictWhileBoundEndsTheLease() {
        Script script = Script.bound(3600).verdict(Verdict.CONFLICT);
        script.expectEffects("tell EXPIRE", "DECLINE", "listen NOTHING", "forget")
                .expectState("waiting");
    }

    /** A stranger who pretends to have every address must not keep us talking. */
    @Test
    void thePausesGrowWithTheConflicts() {
        Script script = Script.strict().probing().start();
        List<Double> pauses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            script.offer(3600).ack(3600).verdict(Verdict.CONFLICT);
            pauses.add(script.untilDeadline());
            script.due();
        }
        assertEquals(List.of(10.0, 10.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0, 300.0, 300.0), pauses);
    }

    @Test
    void aMachineThatSleepsWhileItProbesBeginsAnew() {
        Script script = Script.strict().probing().start().offer(60).ack(60);
        script.later(40).expectState("selecting");
    }

    @Test
    void aReleaseIsPossibleWhileProbing() {
        Script script = Script.strict().probing().start().offer(60).ack(60);
        script.command(Command.RELEASE).expectSent(MessageType.RELEASE);
    }
}
