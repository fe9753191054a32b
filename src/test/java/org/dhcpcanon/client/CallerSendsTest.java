package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller wants to have said, on the wire. */
class CallerSendsTest {
    private static final Octets NAME = Octets.of((byte) 'p', (byte) 'c');
    private static final Octets ID = Octets.of((byte) 0, (byte) 7);

    private static SendList wanted() {
        Map<Integer, Octets> values = new LinkedHashMap<>();
        values.put(Option.CLIENT_IDENTIFIER.code(), ID);
        values.put(Option.HOST_NAME.code(), NAME);
        return new SendList(values, Set.of("name", "id"), Map.of("class", "why"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"strict", "android", "windows"})
    void nobodyElseIsTalkedInto(String name) {
        assertSame(Profiles.byName(name), Profiles.byName(name).sending(wanted()));
    }

    @Test
    void plainSaysItInEveryMessageThatAsksBehindItsOwn() {
        Script script = Script.of(Profiles.byName("plain").sending(wanted())).start();
        check(script, List.of(53, 61, 57, 55, 12));
        check(script.offer(3600), List.of(53, 61, 54, 50, 57, 55, 12));
        script.ack(3600).answer(SinkAnswer.ACCEPTED);
        check(script.due(), List.of(53, 61, 57, 55, 12));
        check(script.later(1400), List.of(53, 61, 57, 55, 12));
    }

    private static void check(Script script, List<Integer> codes) {
        Message message = script.sent().get(0).message();
        assertEquals(codes, message.options().codes());
        assertEquals(ID, message.options().find(Option.CLIENT_IDENTIFIER).orElseThrow());
        assertEquals(NAME, message.options().find(Option.HOST_NAME).orElseThrow());
    }

    @Test
    void whatGivesAnAddressBackHasNoNameInIt() {
        Script release = Script.of(Profiles.byName("plain").sending(wanted())).start();
        release.offer(3600).ack(3600).answer(SinkAnswer.ACCEPTED).command(Command.RELEASE);
        assertEquals(
                List.of(53, 54, 61),
                release.expectSent(MessageType.RELEASE).message().options().codes());
        Script decline = Script.of(Profiles.byName("plain").sending(wanted())).start();
        decline.offer(3600).ack(3600).answer(SinkAnswer.REFUSED);
        assertEquals(
                List.of(53, 54, 50, 61),
                decline.expectSent(MessageType.DECLINE).message().options().codes());
    }

    @Test
    void aReplyThatEchoesTheCallersIdentifierIsOurs() {
        Script script = Script.of(Profiles.byName("plain").sending(wanted())).start();
        Message offer = Replies.with(Replies.offer(script.xid(), 60), Option.CLIENT_IDENTIFIER, ID);
        assertEquals(
                java.util.Optional.empty(),
                ReplyFilter.check(offer, Replies.SERVER, script.state(), script.turn(), List.of(), List.of()));
    }

    @Test
    void whatIsSentIsNotReportedAsSuppressed() {
        assertEquals(List.of("class: why", "other"), wanted().unsent(List.of("name", "class", "other", "id")));
    }
}
