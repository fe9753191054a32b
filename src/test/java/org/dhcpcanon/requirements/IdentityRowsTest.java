package org.dhcpcanon.requirements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dhcpcanon.audit.Frame;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rows about what belongs to a hardware address, in every state in which it can change. */
class IdentityRowsTest {
    static final List<String> STATES = Histories.names();

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_13_ciaddrIsOnlyAnAddressOfThisHardware(String state) {
        Each.in(state)
                .message(
                        packet -> !packet.message().clientAddress().equals(Ipv4.ANY),
                        (play, packet) -> isGranted(play, packet));
    }

    /** It was offered to this one and no other, and confirmed to it. */
    private static boolean isGranted(Play play, Packet packet) {
        Ipv4 address = packet.message().clientAddress();
        boolean own = packet.from().equals(play.wire.owners.getOrDefault(address, MacAddress.ZERO));
        return own
                && play.wire.heard.stream()
                        .filter(reply -> reply.hardware().equals(packet.from()))
                        .anyMatch(reply -> reply.yourAddress().equals(address));
    }

    /** Whatever was before: the network is asked as by somebody who has never been there. */
    @ParameterizedTest
    @FieldSource("STATES")
    void v4_15_theFirstMessageAfterAChangeIsDiscover(String state) {
        Set<Play.Cue> changes = state.equals(Histories.OPTED_IN)
                ? Set.of(Play.Cue.LINK_BACK, Play.Cue.HARDWARE)
                : Set.of(Play.Cue.LINK_BACK, Play.Cue.HARDWARE, Play.Cue.START);
        Each.in(state)
                .play(play -> play.moments.stream()
                        .filter(moment -> changes.contains(moment.cue()))
                        .allMatch(moment -> first(play, moment).is(MessageType.DISCOVER)));
    }

    private static Packet first(Play play, Play.Moment moment) {
        return play.sent().get(moment.sent());
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_16_theHardwareAddressIsTheOneInUse(String state) {
        Each.in(state).message(packet -> packet.message().hardware().equals(packet.from()));
        Each.in(state)
                .play(play -> play.moments.stream()
                        .filter(moment -> moment.cue() == Play.Cue.HARDWARE)
                        .allMatch(moment -> isNowhere(play, moment)));
    }

    /** The address before is in no frame of the client after the change, wherever in it. */
    private static boolean isNowhere(Play play, Play.Moment moment) {
        MacAddress before = play.hardwares().get(moment.identity() - 1);
        return ours(play.frames().subList(moment.frames(), play.frames().size()))
                .noneMatch(frame -> contains(frame.bytes(), Octets.of(before.octets())));
    }

    private static java.util.stream.Stream<Frame> ours(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> !Set.of(Wire.SERVER, Wire.STRANGER)
                        .contains(MacAddress.at(frame.bytes().toArray(), MacAddress.LENGTH)));
    }

    private static boolean contains(Octets all, Octets part) {
        return all.toColonHex().contains(part.toColonHex());
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_17_theIdentifierIsTheHardwareAddressAndNothingElse(String state) {
        Each.in(state)
                .message(packet -> packet.option(61)
                        .equals(Octets.u8(1).plus(Octets.of(packet.from().octets()))));
    }

    /** No frame has anything of two identities: neither the address nor the transaction of the one before. */
    @ParameterizedTest
    @FieldSource("STATES")
    void v4_27_allIdentifiersChangeInTheSameMoment(String state) {
        Each.in(state)
                .play(play -> play.frames().stream()
                        .allMatch(frame -> addresses(play, frame).allMatch(owner -> owner.equals(other(frame)))));
        Each.in(state).play(IdentityRowsTest::sharesNoTransaction);
        assertTrue(Histories.of("strict").in(state).stream()
                .anyMatch(play -> play.hardwares().size() > 2));
    }

    /** Whose addresses are in it. */
    private static java.util.stream.Stream<MacAddress> addresses(Play play, Frame frame) {
        return play.wire.owners.entrySet().stream()
                .filter(entry -> contains(frame.bytes(), Octets.of(entry.getKey())))
                .map(java.util.Map.Entry::getValue);
    }

    /** Of the two ends of a frame the client, whichever of its addresses; for a broadcast of a server whom it is for. */
    private static MacAddress other(Frame frame) {
        byte[] bytes = frame.bytes().toArray();
        MacAddress from = MacAddress.at(bytes, MacAddress.LENGTH);
        MacAddress to = MacAddress.at(bytes, 0);
        boolean ours = !Set.of(Wire.SERVER, Wire.STRANGER).contains(from);
        return ours ? from : to.equals(MacAddress.BROADCAST) ? MacAddress.at(bytes, 42 + 28) : to;
    }

    private static boolean sharesNoTransaction(Play play) {
        return play.hardwares().stream().mapToInt(mac -> xids(play, mac).size()).sum()
                == play.sent().stream()
                        .map(packet -> packet.message().transactionId())
                        .distinct()
                        .count();
    }

    private static Set<Integer> xids(Play play, MacAddress mac) {
        return play.sent().stream()
                .filter(packet -> packet.from().equals(mac))
                .map(packet -> packet.message().transactionId())
                .collect(Collectors.toSet());
    }

    /** Of the profiles only this one tells a name. */
    @ParameterizedTest
    @FieldSource("STATES")
    void v4_22_aNameIsUnqualifiedAndChangesWithTheHardwareAddress(String state) {
        for (Play play : Histories.of("windows").in(state)) {
            Set<String> names = new HashSet<>();
            for (MacAddress mac : play.hardwares()) {
                Set<String> here = names(play, mac);
                assertTrue(here.stream().noneMatch(names::contains), () -> play + ": " + here);
                names.addAll(here);
                here.forEach(name -> assertObfuscated(name, mac));
            }
        }
    }

    private static Set<String> names(Play play, MacAddress mac) {
        return play.sent().stream()
                .filter(packet -> packet.from().equals(mac) && packet.has(12))
                .map(packet -> new String(packet.option(12).toArray(), StandardCharsets.US_ASCII))
                .collect(Collectors.toSet());
    }

    private static void assertObfuscated(String name, MacAddress mac) {
        assertTrue(name.matches("DESKTOP-[0-9A-Z]{7}"), name);
        String digits = mac.toString().replace(":", "").toUpperCase(Locale.ROOT);
        assertFalse(digits.contains(name.substring("DESKTOP-".length())), name);
    }

    /** The name is drawn: the same hardware address has another one each time, which no hash of it would have. */
    @ParameterizedTest
    @FieldSource("STATES")
    void v4_23_aNameIsNoHashOfTheHardwareAddress(String state) {
        Play play = Histories.reached(state, Profiles.byName("windows")).settle();
        Set<String> first = names(play, play.wire.hardware());
        play.wire.sent.clear();
        Set<String> second = names(play.stop().after(5).settle(), play.wire.hardware());
        assertFalse(second.isEmpty());
        assertNotEquals(first, second);
        assertTrue(second.stream().noneMatch(first::contains));
    }

    /** RFC 6842 §3: what was meant for another is not taken, wherever we are; and who does not echo is heard. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_11_aReplyThatEchoesAnotherIdentifierIsIgnored(String state) {
        for (MessageType type : List.of(MessageType.OFFER, MessageType.ACK, MessageType.NAK)) {
            Play play = Histories.reached(state, Profiles.strict());
            assertUnmoved(
                    play,
                    () -> play.wire.reply(
                            type,
                            reply -> Replies.with(
                                    reply,
                                    Option.CLIENT_IDENTIFIER,
                                    Octets.u8(1).plus(Octets.of(Wire.STRANGER.octets())))));
            assertEquals("bound", play.settle().state());
        }
    }

    static void assertUnmoved(Play play, Runnable event) {
        String before = play.state();
        int sent = play.sent().size();
        event.run();
        assertEquals(before, play.state());
        assertEquals(sent, play.sent().size());
    }

    /** A server's PXE options are not passed on, and nothing is sent because of them. */
    @ParameterizedTest
    @FieldSource("STATES")
    void v4_25_valuesOfPxeThatAServerGivesAreIgnored(String state) {
        Play play = Histories.reached(state, Profiles.strict());
        for (MessageType type : List.of(MessageType.OFFER, MessageType.ACK)) {
            play.wire.reply(
                    type,
                    reply -> Replies.with(Replies.with(reply, option(97), Octets.u8(7)), option(93), Octets.u16(7)));
        }
        play.settle();
        assertEquals(
                Optional.empty(),
                play.sent().stream()
                        .filter(packet -> packet.has(97) || packet.has(93))
                        .findFirst());
        assertTrue(play.news.stream()
                .flatMap(news -> news.options().keySet().stream())
                .noneMatch(name -> name.startsWith("pxe")));
    }

    private static Option option(int code) {
        return Option.byCode(code).orElseThrow();
    }
}
