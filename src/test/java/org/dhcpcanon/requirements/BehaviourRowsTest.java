package org.dhcpcanon.requirements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rows about what follows what, and when. */
class BehaviourRowsTest {
    static final List<String> STATES = Histories.names();
    static final List<String> SEARCHING = List.of("selecting", "selecting, with a lease");
    static final List<String> HOLDING = List.of("checking", "bound");
    private static final double SECOND = Play.SECOND;

    private static List<Play> awake(String state) {
        return Histories.of("strict").in(state).stream()
                .filter(play -> !play.title.contains("sleep"))
                .toList();
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_05_theRequestNamesWhatWasOffered(String state) {
        Each.in(state)
                .message(
                        Packet::isSelecting,
                        (play, packet) -> play.wire.heard.stream()
                                .filter(reply -> reply.options().find(53).equals(Optional.of(Octets.u8(2))))
                                .filter(reply -> reply.transactionId()
                                        == packet.message().transactionId())
                                .anyMatch(offer -> packet.option(50).equals(Octets.of(offer.yourAddress()))
                                        && offer.options().find(54).equals(Optional.of(packet.option(54)))));
    }

    /** RFC 2131 §4.1, in every search wherever it begins; how the random part is spread is in {@link DrawnRowsTest}. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_01_discoverIsRepeatedAfterDoublingWaits(String state) {
        for (Play play : awake(state)) {
            List<Packet> search = new ArrayList<>();
            for (Packet packet : play.sent()) {
                if (!packet.is(MessageType.DISCOVER) || !repeats(search, packet)) {
                    search.clear();
                }
                search.add(packet);
                assertWait(play, search);
            }
        }
    }

    private static boolean repeats(List<Packet> search, Packet packet) {
        return !search.isEmpty() && xid(search.get(search.size() - 1)) == xid(packet);
    }

    private static void assertWait(Play play, List<Packet> search) {
        int tries = search.size() - 1;
        if (tries > 0) {
            double waited = (search.get(tries).at() - search.get(tries - 1).at()) / SECOND;
            assertEquals(Math.min(4 << Math.min(tries - 1, 4), 64), waited, 1.0, play::toString);
        }
    }

    private static int xid(Packet packet) {
        return packet.message().transactionId();
    }

    /** RFC 2131 §4.4.1 would wait up to ten seconds, which nobody does any more. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_02_theSearchBeginsWithinASecond(String state) {
        Set<Play.Cue> cues = Set.of(Play.Cue.START, Play.Cue.HARDWARE);
        for (Play play : Histories.of("strict").in(state)) {
            play.moments.stream()
                    .filter(moment -> cues.contains(moment.cue()) && moment.listening())
                    .forEach(moment -> assertTrue(
                            play.sent().get(moment.sent()).at() - moment.at() <= Play.SECOND, play + ": " + moment));
        }
    }

    /** RFC 2131 §4.4.5: T1 and T2 are moved by a second at most, and renewals are no closer than a minute. */
    @ParameterizedTest
    @FieldSource("HOLDING")
    void r_03_aLeaseIsRenewedAtT1AndReboundAtT2(String state) {
        Play play = Histories.reached(state, Profiles.strict());
        long granted = play.now();
        int before = play.sent().size();
        play.until("selecting");
        List<Packet> extending = play.sent().subList(before, play.sent().size() - 1);
        assertTrue(extending.stream().allMatch(Packet::isExtending), extending::toString);
        assertEquals(1800, (extending.get(0).at() - granted) / SECOND, 1.01);
        Packet rebound =
                extending.stream().filter(Packet::isBroadcast).findFirst().orElseThrow();
        assertEquals(3150, (rebound.at() - granted) / SECOND, 1.01);
        assertRetries(extending.stream().filter(one -> !one.isBroadcast()).toList(), rebound.at());
        assertRetries(extending.stream().filter(Packet::isBroadcast).toList(), granted + 3600 * Play.SECOND);
    }

    private static void assertRetries(List<Packet> tries, long end) {
        assertTrue(tries.size() > 2);
        for (int i = 1; i < tries.size(); i++) {
            double rest = (end - tries.get(i - 1).at()) / SECOND;
            assertEquals(
                    Math.max(60, rest / 2),
                    (tries.get(i).at() - tries.get(i - 1).at()) / SECOND,
                    1.5);
        }
    }

    /** RFC 2131 §3.5, and its order as well. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_05_requestsRepeatTheParametersOfTheirDiscover(String state) {
        Each.in(state)
                .message(
                        Packet::isSelecting,
                        (play, packet) -> before(play, packet)
                                .filter(earlier -> earlier.is(MessageType.DISCOVER) && xid(earlier) == xid(packet))
                                .allMatch(earlier -> earlier.parameters().equals(packet.parameters())));
        Each.in(state)
                .message(
                        Packet::isExtending,
                        (play, packet) -> before(play, packet)
                                .filter(earlier -> earlier.is(MessageType.REQUEST)
                                        && earlier.from().equals(packet.from()))
                                .reduce((one, next) -> next)
                                .filter(earlier -> earlier.parameters().equals(packet.parameters()))
                                .isPresent());
    }

    private static Stream<Packet> before(Play play, Packet packet) {
        return play.sent().subList(0, play.sent().indexOf(packet)).stream();
    }

    /** How they are drawn is in {@link DrawnRowsTest}. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_06_theRequestHasTheTransactionOfTheDiscoverAndARenewalItsOwn(String state) {
        Each.in(state)
                .message(
                        Packet::isSelecting,
                        (play, packet) -> before(play, packet)
                                .anyMatch(earlier -> earlier.is(MessageType.DISCOVER) && xid(earlier) == xid(packet)));
        Each.in(state)
                .message(
                        Packet::isExtending,
                        (play, packet) -> before(play, packet)
                                .noneMatch(earlier -> !earlier.isExtending() && xid(earlier) == xid(packet)));
    }

    /** Seconds since this very search or renewal began, and never since anything before; the boot clock of a play is anything up to a day. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_07_secsCountsFromTheFirstMessageOfTheExchange(String state) {
        Each.in(state).message(packet -> !packet.isSelecting(), (play, packet) -> {
            long begun = firstOf(play, packet).at();
            return Math.abs(packet.message().seconds() - (packet.at() - begun) / SECOND) < 1.0;
        });
        Each.in(state)
                .message(
                        packet -> true,
                        (play, packet) -> firstOf(play, packet).message().seconds() == 0);
        Each.in(state)
                .message(
                        Packet::isSelecting,
                        (play, packet) -> before(play, packet)
                                .filter(earlier -> earlier.is(MessageType.DISCOVER) && xid(earlier) == xid(packet))
                                .reduce((one, next) -> next)
                                .filter(earlier -> earlier.message().seconds()
                                        == packet.message().seconds())
                                .isPresent());
    }

    private static Packet firstOf(Play play, Packet packet) {
        return play.sent().stream()
                .filter(one -> xid(one) == xid(packet))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_09_aReleaseIsSentOnlyWhenAskedForAndOnlyToTheServer(String state) {
        List<Play> plays = Histories.of("strict").in(state);
        Each.in(plays)
                .play(play -> count(play, MessageType.RELEASE)
                        <= play.moments.stream()
                                .filter(moment -> moment.cue() == Play.Cue.RELEASE)
                                .count());
        Each.in(plays)
                .message(
                        packet -> packet.is(MessageType.RELEASE),
                        packet -> packet.target().equals(Replies.SERVER)
                                && packet.to().equals(Wire.SERVER));
    }

    private static long count(Play play, MessageType type) {
        return play.sent().stream().filter(packet -> packet.is(type)).count();
    }

    /** RFC 2131 §3.1 (5): ten seconds, whatever the network says meanwhile; a person or another identity may begin anew. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_10_afterADeclineThereAreTenSecondsOfSilence(String state) {
        Each.in(state).message(packet -> packet.is(MessageType.DECLINE), (play, packet) -> {
            int next = play.sent().indexOf(packet) + 1;
            boolean anew = play.moments.stream()
                    .anyMatch(moment -> moment.sent() == next && moment.cue().begins());
            return anew || play.sent().get(next).at() - packet.at() >= 10 * Play.SECOND;
        });
    }

    /** RFC 5227 §2.1, where we find it out ourselves: three questions before anybody is told that the address is ours. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_10_anAddressIsProbedBeforeItIsUsed(String state) {
        List<Play> plays = Histories.of("strict").in(state);
        assertTrue(plays.stream().anyMatch(play -> play.wire.arp.stream().anyMatch(BehaviourRowsTest::isProbe)));
        for (Play play : plays) {
            for (int i = 0; i < play.wire.arp.size(); i++) {
                ArpPacket packet = play.wire.arp.get(i);
                long asked = play.wire.arp.subList(0, i).stream()
                        .filter(earlier -> isProbe(earlier) && sameAddress(earlier, packet))
                        .count();
                assertTrue(isProbe(packet) || asked >= 3, play + ": " + packet);
            }
        }
    }

    private static boolean sameAddress(ArpPacket one, ArpPacket other) {
        return one.targetProtocol().equals(other.targetProtocol());
    }

    private static boolean isProbe(ArpPacket packet) {
        return packet.operation() == ArpPacket.REQUEST
                && packet.senderProtocol().equals(Ipv4.ANY);
    }

    /** RFC 8925: strict does not ask, so it does not obey; who asks (android) does, in every search. */
    @ParameterizedTest
    @FieldSource("SEARCHING")
    void r_16_ipv6OnlyIsObeyedByWhoAsksForIt(String state) {
        Play asking = Histories.reached(state, Profiles.byName("android"));
        int before = asking.sent().size();
        asking.wire.reply(MessageType.OFFER, BehaviourRowsTest::ipv6Only);
        asking.after(1799);
        assertEquals(before, asking.sent().size());
        Play strict = Histories.reached(state, Profiles.strict());
        strict.wire.reply(MessageType.OFFER, BehaviourRowsTest::ipv6Only);
        assertEquals("requesting", strict.state());
    }

    private static Message ipv6Only(Message offer) {
        return Replies.with(offer, Option.V6_ONLY_PREFERRED, Octets.u32(1800));
    }

    /** RFC 3203 without RFC 3118: nobody proves who has sent it. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_18_forceRenewIsIgnored(String state) {
        Play play = Histories.reached(state, Profiles.strict());
        IdentityRowsTest.assertUnmoved(
                play,
                () -> play.wire.reply(
                        MessageType.ACK, ack -> Replies.with(ack, Option.DHCP_MESSAGE_TYPE, Octets.u8(9))));
    }

    /** RFC 4436 would ask the gateway of the network before, and say which address we had there. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_19_nobodyIsAskedAboutTheNetworkBefore(String state) {
        for (Play play : Histories.of("strict").in(state)) {
            assertTrue(
                    play.wire.arp.stream()
                            .allMatch(packet -> packet.operation() == ArpPacket.REQUEST
                                    && play.wire.given.contains(packet.targetProtocol())),
                    play::toString);
        }
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_20_noAddressIsMadeUpWhereNoServerAnswers(String state) {
        Play play = Histories.reached(state, Profiles.strict());
        play.until("selecting").after(2 * Play.LEASE);
        assertTrue(play.wire.arp.stream()
                .noneMatch(packet -> packet.targetProtocol().bits() >>> 16 == 0xa9fe));
        assertTrue(play.news.stream()
                .noneMatch(news -> news.options().getOrDefault("ip_address", "").startsWith("169.254.")));
    }

    @ParameterizedTest
    @FieldSource("SEARCHING")
    void r_22_theFirstOfferIsTakenAndAtOnce(String state) {
        Play play = Histories.reached(state, Profiles.strict());
        play.wire.reply(MessageType.OFFER, offer -> Replies.without(offer, Option.LEASE_TIME));
        assertEquals(state.split(",", -1)[0], play.state());
        play.wire.reply(
                MessageType.OFFER,
                offer -> Replies.with(offer, Option.SERVER_IDENTIFIER, Octets.of(Replies.OTHER_SERVER)));
        Packet request = play.wire.last();
        assertTrue(request.isSelecting());
        assertEquals(play.now(), request.at());
        int sent = play.sent().size();
        play.wire.reply(MessageType.OFFER);
        assertEquals(sent, play.sent().size());
        assertEquals(Octets.of(Replies.OTHER_SERVER), request.option(54));
    }
}
