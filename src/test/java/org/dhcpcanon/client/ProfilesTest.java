package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;

/** What the look-alikes do other than strict. */
class ProfilesTest {
    private static String text(Message message, Option option) {
        return new String(message.options().find(option).orElseThrow().toArray(), StandardCharsets.US_ASCII);
    }

    @Test
    void androidRepeatsAfterOneSecondDoublingWithATenthOfSpread() {
        Script script = Script.of(Profiles.byName("android")).start();
        for (int seconds = 1; seconds <= 512; seconds *= 2) {
            assertEquals(seconds, script.untilDeadline(), seconds * 0.1001);
            script.due().expectSent(MessageType.DISCOVER);
        }
    }

    @Test
    void androidIgnoresTheServersTimesAndRenewsWithoutFuzz() {
        Script script = Script.of(Profiles.byName("android")).start().offer(3600);
        Message ack = Replies.with(
                Replies.with(Replies.ack(script.xid(), 3600), Option.RENEWAL_TIME, Octets.u32(100)),
                Option.REBINDING_TIME,
                Octets.u32(200));
        script.reply(ack).answer(SinkAnswer.ACCEPTED);
        assertEquals(1800, script.untilDeadline(), 0);
        script.due().expectState("renewing");
        for (int seconds = 1; seconds <= 64; seconds *= 2) {
            assertEquals(seconds, script.untilDeadline(), seconds * 0.1001);
            script.due().expectSent(MessageType.REQUEST);
        }
    }

    @Test
    void strictTakesTheServersTimes() {
        Script script = Script.strict().start().offer(3600);
        Message ack = Replies.with(
                Replies.with(Replies.ack(script.xid(), 3600), Option.RENEWAL_TIME, Octets.u32(1000)),
                Option.REBINDING_TIME,
                Octets.u32(2000));
        script.reply(ack).answer(SinkAnswer.ACCEPTED);
        assertEquals(1000, script.untilDeadline(), 1.0);
    }

    @Test
    void windowsSaysOneRandomNameASessionAndAnotherInTheNext() {
        Script script = Script.of(Profiles.byName("windows")).start();
        String name = text(script.expectSent(MessageType.DISCOVER).message(), Option.HOST_NAME);
        assertTrue(name.matches("DESKTOP-[0-9A-Z]{7}"), name);
        Message request = script.offer(3600).expectSent(MessageType.REQUEST).message();
        assertEquals(name, text(request, Option.HOST_NAME));
        assertEquals("\0\0\0" + name, text(request, Option.FQDN));
        script.command(Command.STOP).start();
        assertNotEquals(name, text(script.expectSent(MessageType.DISCOVER).message(), Option.HOST_NAME));
    }

    @Test
    void windowsWritesSecsInTheWrongOrderAndCountsPackets() {
        Script script = Script.of(Profiles.byName("windows")).start();
        int first = script.expectSent(MessageType.DISCOVER).header().identification();
        Outgoing again = script.due().expectSent(MessageType.DISCOVER);
        assertEquals(4 << 8, again.message().seconds());
        assertEquals((first + 1) & 0xffff, again.header().identification());
    }

    @Test
    void aFixedOrderIsTheProfilesOwnInEverySession() {
        for (int seed = 0; seed < 50; seed++) {
            Message discover = Script.of(Profiles.byName("android"), seed)
                    .start()
                    .expectSent(MessageType.DISCOVER)
                    .message();
            assertEquals(List.of(53, 61, 57, 60, 55), discover.options().codes());
            assertEquals(
                    "01:03:06:0f:1a:1c:33:3a:3b:2b:72:6c",
                    discover.options()
                            .find(Option.PARAMETER_REQUEST_LIST)
                            .orElseThrow()
                            .toColonHex());
        }
    }

    @Test
    void askingForBroadcastsSetsTheFlagWhileThereIsNoAddress() {
        Script script = Script.of(Profiles.strict().broadcasting()).start();
        assertEquals(0x8000, script.expectSent(MessageType.DISCOVER).message().flags());
        assertEquals(
                0x8000,
                script.offer(60).expectSent(MessageType.REQUEST).message().flags());
        script.ack(60).answer(SinkAnswer.ACCEPTED).due();
        assertEquals(0, script.expectSent(MessageType.REQUEST).message().flags());
    }

    /** RFC 2131 §4.3.6, table 5 of §4.4.1. */
    @Test
    void whereTheProtocolWantsNoAddressNoProfileCanShowOne() {
        Profile strict = Profiles.strict();
        Map<Form, List<Integer>> forms = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            forms.put(form, List.of(50, 54, 61));
        }
        Profile careless = new Profile(
                "careless",
                forms,
                false,
                strict.parameters(),
                false,
                false,
                false,
                Map.of(),
                Optional.empty(),
                strict.look(),
                strict.timing(),
                strict.arp());
        Script script = Script.of(careless).start().offer(60).ack(60).answer(SinkAnswer.ACCEPTED);
        Message renewal = script.due().expectSent(MessageType.REQUEST).message();
        assertEquals(List.of(53, 61), renewal.options().codes());
    }

    @Test
    void oneOptionLessCanBeAskedFor() {
        assertEquals(
                List.of(1, 3, 6),
                Profiles.strict().without(Option.CLASSLESS_STATIC_ROUTES).parameters());
    }

    @Test
    void aRestartedServiceRenewsWithTheNameOfTheSession() {
        Script script = Script.of(Profiles.byName("windows")).start();
        String name = text(script.expectSent(MessageType.DISCOVER).message(), Option.HOST_NAME);
        script.offer(3600).ack(3600).answer(SinkAnswer.ACCEPTED).restart().due();
        assertEquals(name, text(script.expectSent(MessageType.REQUEST).message(), Option.HOST_NAME));
    }

    private static List<Integer> asked(String profile, RequestList wanted) {
        return Profiles.byName(profile).asking(wanted).parameters();
    }

    @Test
    void onlyThePlainProfileAsksForWhatItsCallerWants() {
        RequestList other = new RequestList(Optional.of(List.of(12, 3)), List.of(3, 252));
        RequestList more = new RequestList(Optional.empty(), List.of(42, 252));
        for (String name : List.of("strict", "android", "windows")) {
            assertEquals(Profiles.byName(name), Profiles.byName(name).asking(other));
            assertEquals(Profiles.byName(name), Profiles.byName(name).asking(more));
        }
        assertEquals(List.of(12, 3, 252), asked("plain", other));
        assertEquals(List.of(1, 28, 2, 121, 3, 15, 6, 119, 26, 42, 252), asked("plain", more));
    }

    /** RFC 2132 §9.8: option 55 has at least one octet. */
    @Test
    void aRequestForNothingLeavesTheListAlone() {
        RequestList nothing = new RequestList(Optional.of(List.of()), List.of());
        assertEquals(Profiles.byName("plain"), Profiles.byName("plain").asking(nothing));
    }
}
