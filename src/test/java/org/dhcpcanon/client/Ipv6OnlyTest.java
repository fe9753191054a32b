package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;

/** RFC 8925: who asks for option 108 obeys it. */
class Ipv6OnlyTest {
    private static Script asking() {
        return Script.of(Profiles.strict().asking(List.of(Option.V6_ONLY_PREFERRED.code())))
                .start();
    }

    private static Message offer(Script script, Ipv4 address, long seconds) {
        Message offer = Replies.message(MessageType.OFFER, script.xid(), address, Replies.SERVER, 3600);
        return Replies.with(offer, Option.V6_ONLY_PREFERRED, Octets.u32(seconds));
    }

    private static Script told(long seconds) {
        Script script = asking();
        return script.reply(offer(script, Ipv4.ANY, seconds));
    }

    @Test
    void thereIsNoRequestAndTheWaitIsAsLongAsTheServerSays() {
        Script script =
                told(1800).expectEffects("tell V6ONLY", "listen NOTHING").expectState("waiting");
        assertEquals(1800.0, script.untilDeadline());
        script.due().expectState("selecting").expectSent(MessageType.DISCOVER);
    }

    @Test
    void theWaitHasBounds() {
        assertEquals(300.0, told(0).untilDeadline());
        assertEquals(3600.0, told(0xffff_ffffL).untilDeadline());
    }

    @Test
    void anotherLinkIsAnotherNetwork() {
        Script script = told(1800).carrier(false).expectState("offline");
        script.carrier(true).expectState("selecting");
    }

    @Test
    void anOfferWithAnAddressIsNotTakenEither() {
        Script script = asking();
        script.reply(offer(script, Replies.ADDRESS, 600)).expectState("waiting");
    }

    @Test
    void whoHasNotAskedDoesNotListen() {
        Script script = Script.strict().start();
        script.reply(offer(script, Replies.ADDRESS, 600)).expectState("requesting");
    }

    @Test
    void androidAsksAndSoObeys() {
        Script script = Script.of(Profiles.byName("android")).start();
        script.reply(offer(script, Replies.ADDRESS, 600)).expectState("waiting");
    }

    @Test
    void whatWasKeptThroughAnAbsenceIsOver() {
        Script script = asking().offer(3600).ack(3600).answer(SinkAnswer.ACCEPTED);
        script.carrier(false).carrier(true);
        script.reply(offer(script, Ipv4.ANY, 600));
        script.expectEffects("tell EXPIRE", "forget", "tell V6ONLY", "listen NOTHING");
    }

    @Test
    void aValueOfTheWrongLengthIsNone() {
        Script script = asking();
        Message offer = Replies.offer(script.xid(), 3600);
        script.reply(Replies.with(offer, Option.V6_ONLY_PREFERRED, Octets.u8(1)))
                .expectState("requesting");
    }
}
