package org.dhcpcanon.requirements;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rows that each message keeps or breaks by itself, as strict sends them in every state. */
class MessageRowsTest {
    static final List<String> STATES = Histories.names();

    private static boolean isDiscover(Packet packet) {
        return packet.is(MessageType.DISCOVER);
    }

    private static boolean isRequest(Packet packet) {
        return packet.is(MessageType.REQUEST);
    }

    private static Set<Integer> set(Packet packet) {
        return new HashSet<>(packet.codes());
    }

    private static Predicate<Packet> without(Integer... codes) {
        return packet -> List.of(codes).stream().noneMatch(packet.codes()::contains);
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_01_discoverHasItsType(String state) {
        Each.in(state)
                .message(
                        MessageRowsTest::isDiscover, packet -> packet.option(53).equals(Octets.u8(1)));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_02_discoverHasIdentifierAndParameters(String state) {
        Each.in(state).message(MessageRowsTest::isDiscover, packet -> packet.has(61) && packet.has(55));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_03_discoverHasNothingElse(String state) {
        Each.in(state)
                .message(MessageRowsTest::isDiscover, packet -> set(packet).equals(Set.of(53, 55, 61)));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_04_requestHasItsType(String state) {
        Each.in(state)
                .message(MessageRowsTest::isRequest, packet -> packet.option(53).equals(Octets.u8(3)));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_06_renewalsHaveNoRequestedAddress(String state) {
        Each.in(state).message(Packet::isExtending, without(50));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_07_requestHasNothingThatIsNotListed(String state) {
        Each.in(state)
                .message(
                        MessageRowsTest::isRequest,
                        packet -> Set.of(50, 53, 54, 55, 61).containsAll(packet.codes()));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_08_declineIsExact(String state) {
        Each.in(state)
                .message(
                        packet -> packet.is(MessageType.DECLINE),
                        packet -> set(packet).equals(Set.of(50, 53, 54, 61)));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_09_releaseIsExact(String state) {
        Each.in(state)
                .message(
                        packet -> packet.is(MessageType.RELEASE),
                        packet -> set(packet).equals(Set.of(53, 54, 61)));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_10_thereIsNoInform(String state) {
        Each.in(state).message(packet -> !packet.option(53).equals(Octets.u8(8)));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_11_nothingIsSentThatTheRfcDoesNotList(String state) {
        Each.in(state).message(packet -> Set.of(50, 53, 54, 55, 61).containsAll(packet.codes()));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_14_discoverNamesNoAddress(String state) {
        Each.in(state)
                .message(
                        MessageRowsTest::isDiscover,
                        packet -> !packet.has(50)
                                && packet.message().clientAddress().equals(Ipv4.ANY));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_19_fourParametersAreAskedForInEveryMessageThatAsks(String state) {
        Each.in(state)
                .message(
                        Packet::asks,
                        packet -> packet.parameters().size() == 4
                                && Set.copyOf(packet.parameters()).equals(Set.of(1, 3, 6, 121)));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_21_thereIsNoHostName(String state) {
        Each.in(state).message(without(12));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_24_thereIsNoFqdn(String state) {
        Each.in(state).message(without(81));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_25_thereIsNothingOfPxe(String state) {
        Each.in(state).message(without(93, 94, 97));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void v4_26_thereIsNoClass(String state) {
        Each.in(state).message(without(43, 60, 77, 124, 125));
    }

    /** The table of RFC 2131 §4.3.2, and who hears each. */
    @ParameterizedTest
    @FieldSource("STATES")
    void r_04_requestsFitTheState(String state) {
        Each.in(state)
                .message(
                        Packet::isSelecting,
                        packet -> packet.has(50)
                                && packet.message().clientAddress().equals(Ipv4.ANY)
                                && isFromNobodyToAll(packet));
        Each.in(state)
                .message(
                        Packet::isExtending,
                        packet -> !packet.has(50)
                                && !packet.has(54)
                                && packet.source().equals(packet.message().clientAddress())
                                && (packet.state().equals("renewing")
                                        ? isToTheServer(packet)
                                        : isToAll(packet, "rebinding")));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_04_onlyThoseWhoWantedItAreInInitReboot(String state) {
        boolean wanted = state.equals(Histories.OPTED_IN);
        Each.in(state).play(play -> wanted || play.sent().stream().noneMatch(Packet::isRebooting));
        if (wanted) {
            Each.in(state)
                    .message(
                            Packet::isRebooting,
                            packet -> packet.has(50) && !packet.has(54) && isFromNobodyToAll(packet));
        }
    }

    private static boolean isFromNobodyToAll(Packet packet) {
        return packet.source().equals(Ipv4.ANY) && isToAll(packet, packet.state());
    }

    private static boolean isToAll(Packet packet, String state) {
        return packet.isBroadcast()
                && packet.to().equals(MacAddress.BROADCAST)
                && packet.state().equals(state);
    }

    private static boolean isToTheServer(Packet packet) {
        return packet.target().equals(Replies.SERVER) && packet.to().equals(Wire.SERVER);
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_08_flagsAreZero(String state) {
        Each.in(state).message(packet -> packet.message().flags() == 0);
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_12_noOptionIsThereTwice(String state) {
        Each.in(state).message(packet -> set(packet).size() == packet.codes().size());
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_13_classlessRoutesAreAskedForBeforeRouters(String state) {
        Each.in(state)
                .message(
                        Packet::asks,
                        packet -> packet.parameters().indexOf(121)
                                < packet.parameters().indexOf(3));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_14_theTypeIsFirst(String state) {
        Each.in(state).message(packet -> packet.codes().get(0) == 53);
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_15_messagesHave300Octets(String state) {
        Each.in(state).message(packet -> packet.payload().length() == 300);
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_17_noPortalIsAskedFor(String state) {
        Each.in(state).message(Packet::asks, packet -> !packet.parameters().contains(114));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_18_thereIsNoAuthentication(String state) {
        Each.in(state).message(without(90, 145));
    }

    @ParameterizedTest
    @FieldSource("STATES")
    void r_21_thereIsNoRapidCommit(String state) {
        Each.in(state).message(without(80));
    }
}
