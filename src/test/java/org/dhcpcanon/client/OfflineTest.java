package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MessageType;
import org.junit.jupiter.api.Test;

/** A link that is lost and comes back, to the same network or to another. */
class OfflineTest {
    private static Script away(double seconds) {
        return Script.bound(3600).carrier(false).unwatched(seconds).carrier(true);
    }

    @Test
    void nothingIsSentBeforeThereIsALink() {
        Script script = Script.strict().withoutCarrier().start();
        script.expectState("offline").expectSilence();
        script.carrier(true).expectState("selecting");
        assertEquals(0, script.expectSent(MessageType.DISCOVER).message().seconds());
    }

    @Test
    void aSearchStopsWithTheLinkAndBeginsAnew() {
        Script script = Script.strict().start();
        int xid = script.xid();
        script.carrier(false).expectEffects("listen NOTHING").expectState("offline");
        script.later(500).expectSilence();
        script.carrier(true).expectState("selecting");
        assertTrue(xid != script.xid());
    }

    @Test
    void anOfferIsWorthNothingOnTheNextLink() {
        Script.strict().start().offer(60).carrier(false).carrier(true).expectState("selecting");
        Script.strict().probing().start().offer(60).ack(60).carrier(false).expectState("offline");
    }

    @Test
    void aShortAbsenceEndsNothingIfTheServerSaysSo() {
        Script script = away(2);
        script.expectEffects("listen RAW_AND_UDP", "DISCOVER");
        assertEquals(Optional.of(Replies.ADDRESS), script.state().held().map(lease -> lease.address()));
        assertEquals(Optional.empty(), script.state().claimed());
        script.offer(3600).ack(3600).expectEffects("tell RENEW", "listen QUIET").expectState("bound");
    }

    /** RFC 7844 §3.3: the old address is not asked for, and not shown. */
    @Test
    void theDiscoverAfterAnAbsenceShowsNothingOfTheOldNetwork() {
        Outgoing discover = away(2).expectSent(MessageType.DISCOVER);
        assertEquals(Ipv4.ANY, discover.message().clientAddress());
        assertEquals(3, discover.message().options().asMap().size());
    }

    @Test
    void anotherAddressOrAnotherServerIsAnotherLease() {
        Script script = away(2);
        script.reply(Replies.message(MessageType.OFFER, script.xid(), Replies.OTHER_ADDRESS, Replies.SERVER, 60));
        script.reply(Replies.message(MessageType.ACK, script.xid(), Replies.OTHER_ADDRESS, Replies.SERVER, 60));
        script.expectEffects("tell EXPIRE", "forget", "tell BOUND", "listen QUIET")
                .expectState("checking");
        Script moved = away(2);
        moved.reply(Replies.message(MessageType.OFFER, moved.xid(), Replies.ADDRESS, Replies.OTHER_SERVER, 60));
        moved.reply(Replies.message(MessageType.ACK, moved.xid(), Replies.ADDRESS, Replies.OTHER_SERVER, 60));
        moved.expectEffects("tell EXPIRE", "forget", "tell BOUND", "listen QUIET");
    }

    @Test
    void aLeaseThatNobodyConfirmsInTenSecondsIsOver() {
        Script script = away(2);
        while (script.state().held().isPresent()) {
            script.due();
        }
        script.expectEffects("tell EXPIRE", "forget").expectState("selecting");
        script.offer(3600).ack(3600).expectEffects("tell BOUND", "listen QUIET");
    }

    @Test
    void aLongAbsenceEndsTheLeaseBeforeAnythingIsSaid() {
        away(11).expectEffects("tell EXPIRE", "forget", "listen RAW", "DISCOVER")
                .expectState("selecting");
        away(10).expectEffects("listen RAW_AND_UDP", "DISCOVER");
    }

    @Test
    void theLeaseRunsOutOffline() {
        Script script = Script.bound(60).carrier(false);
        script.due().expectEffects("tell EXPIRE", "forget").expectState("offline");
        assertEquals(Optional.empty(), script.state().held());
        script.carrier(true).expectEffects("listen RAW", "DISCOVER");
    }

    @Test
    void aFlapDuringTheSearchKeepsTheLeaseAsFarAsItGoes() {
        Script script = away(2).offer(3600).carrier(false).expectState("offline");
        script.unwatched(3).carrier(true).expectState("selecting");
        script.offer(3600).ack(3600).expectEffects("tell RENEW", "listen QUIET");
    }

    @Test
    void refusalsOfANewNetworkDoNotShortenWhatIsKept() {
        Script script = away(2).offer(3600);
        assertTrue(script.state().held().isPresent());
        script.nak().offer(3600).nak().expectState("waiting");
        assertTrue(script.state().held().isPresent());
        script.unwatched(10);
        script.later(0).expectEffects("tell EXPIRE", "forget").expectState("waiting");
        assertEquals(Optional.empty(), script.state().held());
    }

    @Test
    void aRenewalStopsWithTheLink() {
        Script.bound(3600).due().expectState("renewing").carrier(false).expectState("offline");
        Script.bound(3600).later(3200).expectState("rebinding").carrier(false).expectState("offline");
        Script.strict().start().offer(60).ack(60).carrier(false).expectState("offline");
    }

    @Test
    void aPauseAfterADeclineHoldsWhateverTheLinkDoes() {
        Script script = Script.strict().start().offer(60).ack(60).answer(SinkAnswer.REFUSED);
        script.carrier(false).carrier(true).expectState("waiting").expectSilence();
        script.carrier(false);
        script.due().expectState("offline").expectSilence();
    }

    @Test
    void aRefusalThatComesOfflineEndsTheLease() {
        Script script = Script.strict().start().offer(60).ack(60).carrier(false);
        script.answer(SinkAnswer.REFUSED).expectEffects("tell EXPIRE", "forget");
        assertEquals(Optional.empty(), script.state().held());
    }

    @Test
    void aRestartedServiceHoldsTheLeaseThroughTheAbsence() {
        Script script = Script.bound(3600);
        script.withoutCarrier().restart().expectState("offline").expectSilence();
        assertTrue(script.state().held().isPresent());
        script.carrier(true).offer(3600).ack(3600).expectEffects("tell RENEW", "listen QUIET");
    }

    @Test
    void failIsToldOfflineAsWell() {
        Script script = Script.impatient(45).withoutCarrier().start();
        script.due().expectEffects("tell FAIL");
        assertEquals(Long.MAX_VALUE, script.state().deadline());
    }

    @Test
    void stopAndReleaseAreSilent() {
        Script.bound(3600)
                .carrier(false)
                .command(Command.RELEASE)
                .expectSilence()
                .expectState("stopped");
        away(1).command(Command.STOP).expectSilence().expectState("stopped");
    }
}
