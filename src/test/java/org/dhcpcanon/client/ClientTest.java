package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.junit.jupiter.api.Test;

/** A client's life as timetables of RFC 2131 §4.4. */
class ClientTest {
    @Test
    void theExchangeIsDiscoverRequestAndNothingElse() {
        Script script = Script.strict().start();
        script.expectState("selecting").expectEffects("forget", "tell PREINIT", "listen RAW", "DISCOVER");
        int xid = script.xid();
        script.offer(3600).expectState("requesting").expectEffects("REQUEST");
        assertEquals(xid, script.xid());
        script.ack(3600).expectState("checking").expectEffects("tell BOUND", "listen QUIET");
        script.answer(SinkAnswer.ACCEPTED).expectState("bound").expectEffects("remember");
    }

    @Test
    void requestKeepsXidSecsAndParameterOrderOfDiscover() {
        Script script = Script.strict().start();
        script.due();
        Message discover = script.expectSent(MessageType.DISCOVER).message();
        assertTrue(discover.seconds() >= 3 && discover.seconds() <= 5);
        script.later(1);
        script.offer(60);
        Message request = script.expectSent(MessageType.REQUEST).message();
        assertEquals(discover.seconds(), request.seconds());
        assertEquals(discover.transactionId(), request.transactionId());
        assertEquals(
                discover.options().find(Option.PARAMETER_REQUEST_LIST),
                request.options().find(Option.PARAMETER_REQUEST_LIST));
    }

    @Test
    void discoverIsRepeatedAfterDoublingWaitsForEver() {
        Script script = Script.strict().start();
        int[] nominal = {4, 8, 16, 32, 64, 64, 64};
        for (int seconds : nominal) {
            assertEquals(seconds, script.untilDeadline(), 1.0);
            script.due().expectState("selecting");
            Message discover = script.expectSent(MessageType.DISCOVER).message();
            assertEquals((int) script.sinceBegin(), discover.seconds());
        }
    }

    @Test
    void aWakeUpTooEarlyDoesNothing() {
        Script script = Script.strict().start();
        script.later(2).expectState("selecting").expectEffects();
    }

    @Test
    void anOfferThatIsNotAcknowledgedIsGivenUpAfterThreeRequests() {
        Script script = Script.strict().start().offer(3600);
        int xid = script.xid();
        script.due().expectSent(MessageType.REQUEST);
        script.due().expectSent(MessageType.REQUEST);
        script.due().expectState("selecting").expectSent(MessageType.DISCOVER);
        assertNotEquals(xid, script.xid());
        assertEquals(28, script.sinceBegin(), 3.0);
    }

    @Test
    void theFirstOfferWins() {
        Script script = Script.strict().start().offer(3600);
        script.offer(7200).expectState("requesting").expectEffects("drop UNEXPECTED");
    }

    @Test
    void anAckMustKeepWhatTheOfferPromised() {
        Script script = Script.strict().start().offer(3600);
        script.reply(Replies.message(MessageType.ACK, script.xid(), Replies.OTHER_ADDRESS, Replies.SERVER, 3600))
                .expectEffects("drop OTHER_ADDRESS");
        script.reply(Replies.message(MessageType.ACK, script.xid(), Replies.ADDRESS, Replies.OTHER_SERVER, 3600))
                .expectEffects("drop OTHER_SERVER");
        script.expectState("requesting").ack(3600).expectState("checking");
    }

    @Test
    void offersThatNoHostCanUseAreDroppedAndTheSearchGoesOn() {
        Script script = Script.strict().start();
        script.reply(Replies.offer(script.xid(), 0)).expectEffects("drop NO_LEASE_TIME");
        script.reply(Replies.without(Replies.offer(script.xid(), 60), Option.LEASE_TIME))
                .expectEffects("drop NO_LEASE_TIME");
        script.reply(Replies.message(MessageType.OFFER, script.xid(), Ipv4.of(192, 0, 2, 255), Replies.SERVER, 60))
                .expectEffects("drop BAD_ADDRESS");
        script.reply(Replies.message(MessageType.OFFER, script.xid(), Ipv4.ANY, Replies.SERVER, 60))
                .expectEffects("drop BAD_ADDRESS");
        script.reply(Replies.with(
                        Replies.offer(script.xid(), 60), Option.SUBNET_MASK, Octets.of(Ipv4.of(255, 0, 255, 0))))
                .expectEffects("drop BAD_OPTION_VALUE");
        script.offer(60).expectState("requesting");
    }

    @Test
    void renewalIsUnicastAtHalfTimeAndCarriesTheAddressInCiaddrOnly() {
        Script script = Script.bound(3600);
        assertEquals(1800, script.untilDeadline(), 1.0);
        int xid = script.xid();
        Outgoing renewal = script.due().expectState("renewing").expectSent(MessageType.REQUEST);
        assertEquals(new Destination.Server(Replies.ADDRESS, Replies.SERVER), renewal.destination());
        assertEquals(Replies.ADDRESS, renewal.message().clientAddress());
        assertEquals(0, renewal.message().seconds());
        assertNotEquals(xid, renewal.message().transactionId());
        assertTrue(renewal.message().options().find(Option.REQUESTED_ADDRESS).isEmpty());
        assertTrue(renewal.message().options().find(Option.SERVER_IDENTIFIER).isEmpty());
        script.ack(3600).expectState("bound").expectEffects("tell RENEW", "listen QUIET");
        assertEquals(1800, script.untilDeadline(), 1.0);
        script.answer(SinkAnswer.ACCEPTED).expectEffects("remember");
    }

    @Test
    void renewalsAreRepeatedAfterHalfTheRemainingTimeButNoSoonerThanAMinute() {
        Script script = Script.bound(3600).due();
        assertEquals(675, script.untilDeadline(), 2.0);
        script.due().expectSent(MessageType.REQUEST);
        assertEquals(337, script.untilDeadline(), 2.0);
        double previous = script.untilDeadline();
        while (script.due().state() instanceof Renewing) {
            assertTrue(script.untilDeadline() >= 59 || previous < 180, "too soon: " + script.untilDeadline());
            previous = script.untilDeadline();
        }
        script.expectState("rebinding");
        assertEquals(3150, script.sinceBegin(), 2.0);
    }

    @Test
    void rebindingIsBroadcastAndAnyServerMayAnswer() {
        Script script = Script.bound(3600).due();
        while (script.state() instanceof Renewing) {
            script.due();
        }
        Outgoing rebind = script.expectSent(MessageType.REQUEST);
        assertEquals(new Destination.Broadcast(Replies.ADDRESS), rebind.destination());
        assertEquals(Replies.ADDRESS, rebind.message().clientAddress());
        script.reply(Replies.message(MessageType.ACK, script.xid(), Replies.ADDRESS, Replies.OTHER_SERVER, 3600))
                .expectState("bound")
                .expectEffects("tell REBIND", "listen QUIET");
    }

    @Test
    void whileRenewingOnlyTheServerThatGaveTheLeaseCounts() {
        Script script = Script.bound(3600).due();
        script.reply(Replies.message(MessageType.ACK, script.xid(), Replies.ADDRESS, Replies.OTHER_SERVER, 3600))
                .expectState("renewing")
                .expectEffects("drop OTHER_SERVER");
    }

    @Test
    void anExtensionForAnotherAddressIsNone() {
        Script script = Script.bound(3600).due();
        script.reply(Replies.message(MessageType.ACK, script.xid(), Replies.OTHER_ADDRESS, Replies.SERVER, 3600))
                .expectState("renewing")
                .expectEffects("drop OTHER_ADDRESS");
    }

    @Test
    void anExpiredLeaseIsWithdrawnBeforeTheSearchBegins() {
        Script script = Script.bound(20);
        script.due().expectState("renewing");
        script.due().expectState("rebinding");
        script.due().expectState("selecting").expectEffects("tell EXPIRE", "forget", "listen RAW", "DISCOVER");
        assertEquals(20, script.sinceBegin(), 0.001);
        Message discover = script.expectSent(MessageType.DISCOVER).message();
        assertEquals(Ipv4.ANY, discover.clientAddress());
    }

    @Test
    void afterASleepBeyondTheLeaseTheAddressIsNotUsedAnyMore() {
        Script.bound(3600)
                .later(86400)
                .expectState("selecting")
                .expectEffects("tell EXPIRE", "forget", "listen RAW", "DISCOVER");
    }

    @Test
    void afterASleepBeyondT2TheLeaseIsRebound() {
        Script.bound(3600).later(3200).expectState("rebinding").expectSent(MessageType.REQUEST);
    }

    @Test
    void aNakWhileRenewingEndsTheLeaseAtOnceAndTheSearchBeginsWithoutAPause() {
        Script script = Script.bound(3600).due();
        script.nak().expectState("selecting").expectEffects("tell EXPIRE", "forget", "listen RAW", "DISCOVER");
    }

    @Test
    void nakAfterNakMakesTheClientQuieter() {
        Script script = Script.strict().start();
        double[] pauses = {0, 1, 2, 4, 8, 16, 32, 64, 64};
        for (double pause : pauses) {
            script.offer(60).nak();
            if (pause > 0) {
                script.expectState("waiting").expectEffects("listen NOTHING");
                assertEquals(pause, script.untilDeadline(), 0.001);
                script.due();
            }
            script.expectState("selecting").expectSent(MessageType.DISCOVER);
        }
    }

    @Test
    void aNakFromAnotherServerIsDropped() {
        Script script = Script.strict().start().offer(60);
        script.reply(Replies.with(Replies.nak(script.xid()), Option.SERVER_IDENTIFIER, Octets.of(Replies.OTHER_SERVER)))
                .expectState("requesting")
                .expectEffects("drop OTHER_SERVER");
    }

    @Test
    void anAddressInUseIsDeclinedAndTheNextSearchIsTenSecondsAway() {
        Script script = Script.strict().start().offer(3600).ack(3600);
        script.answer(SinkAnswer.REFUSED).expectState("waiting").expectEffects("DECLINE", "listen NOTHING", "forget");
        Message decline = script.expectSent(MessageType.DECLINE).message();
        assertEquals(
                List.of(50, 53, 54, 61),
                decline.options().codes().stream().sorted().toList());
        assertEquals(Ipv4.ANY, decline.clientAddress());
        assertEquals(10, script.untilDeadline(), 0.001);
        script.due().expectState("selecting").expectSent(MessageType.DISCOVER);
    }

    @Test
    void aLateRefusalWithdrawsTheLeaseAsWell() {
        Script script = Script.bound(3600);
        script.answer(SinkAnswer.REFUSED)
                .expectState("waiting")
                .expectEffects("tell EXPIRE", "DECLINE", "listen NOTHING", "forget");
    }

    @Test
    void aLeaseRunsWhileTheVerdictIsPending() {
        Script script = Script.strict().start().offer(20).ack(20);
        script.due().expectState("renewing").expectSent(MessageType.REQUEST);
    }

    @Test
    void nobodyHearingOfTheLeaseDoesNotEndIt() {
        Script script = Script.strict().start().offer(3600).ack(3600);
        script.answer(SinkAnswer.UNHEARD).expectState("bound").expectEffects("remember");
    }

    @Test
    void stopIsQuietInEveryState() {
        Script.strict().start().command(Command.STOP).expectState("stopped").expectEffects("listen NOTHING", "forget");
        Script.strict().start().offer(60).command(Command.STOP).expectSilence().expectState("stopped");
        Script.strict().start().offer(60).ack(60).command(Command.STOP).expectSilence();
        Script.bound(60).command(Command.STOP).expectSilence().expectState("stopped");
        Script.bound(60).due().command(Command.STOP).expectSilence().expectState("stopped");
    }

    @Test
    void releaseIsSentOnlyWhenAskedFor() {
        Script script = Script.bound(60).command(Command.RELEASE).expectState("stopped");
        Outgoing release = script.expectSent(MessageType.RELEASE);
        assertEquals(new Destination.Server(Replies.ADDRESS, Replies.SERVER), release.destination());
        assertEquals(
                List.of(53, 54, 61),
                release.message().options().codes().stream().sorted().toList());
        assertEquals(Replies.ADDRESS, release.message().clientAddress());
    }

    @Test
    void anInfiniteLeaseIsLeftAloneUntilSomebodyAsks() {
        Script script = Script.strict().start().offer(0xffff_ffffL).ack(0xffff_ffffL);
        script.answer(SinkAnswer.ACCEPTED).expectState("bound");
        assertEquals(Long.MAX_VALUE, script.state().deadline());
        script.command(Command.RENEW).expectState("renewing").expectSent(MessageType.REQUEST);
        assertEquals(60, script.untilDeadline(), 0);
        script.due().expectSent(MessageType.REQUEST);
        assertEquals(60, script.untilDeadline(), 0);
    }

    @Test
    void theLongestFiniteLeaseDoesNotOverflow() {
        Script script = Script.bound(0xffff_fffeL);
        assertEquals(0xffff_fffeL / 2.0, script.untilDeadline(), 2.0);
    }

    @Test
    void aRestartedServiceGoesOnWithTheLeaseInSilence() {
        Script script = Script.bound(3600);
        script.later(100).restart().expectState("bound").expectEffects("listen QUIET");
        assertEquals(1700, script.untilDeadline(), 1.0);
        script.due().expectState("renewing").expectSent(MessageType.REQUEST);
    }

    @Test
    void aRestartAfterT1RenewsAndAfterExpirySearches() {
        Script late = Script.bound(3600);
        late.later(2000).restart().expectState("renewing").expectSent(MessageType.REQUEST);
        Script tooLate = Script.bound(20);
        Optional<Lease> lease = tooLate.remembered();
        tooLate.later(21);
        tooLate.restartWith(lease)
                .expectState("selecting")
                .expectEffects("forget", "tell EXPIRE", "listen RAW", "DISCOVER");
    }

    @Test
    void everyRepeatedMessageListensAgainSoThatADeafClientHearsOneDay() {
        Script.strict().start().due().expectEffects("listen RAW", "DISCOVER");
        Script.strict().start().offer(60).due().expectEffects("listen RAW", "REQUEST");
        // By the packet socket as well, in case that a firewall of this machine drops what comes in.
        Script.bound(3600).due().due().expectEffects("listen RAW_AND_UDP", "REQUEST to server");
        Script.bound(36000).later(31600).due().expectEffects("listen RAW_AND_UDP", "REQUEST");
    }

    @Test
    void aLeaseThatNobodyConfirmedIsNotRemembered() {
        Script script = Script.strict().start().offer(3600).ack(3600);
        assertTrue(script.remembered().isEmpty());
        script.restart().expectState("selecting").expectSent(MessageType.DISCOVER);
    }

    @Test
    void failIsToldOnceWhenPatienceIsOverAndTheSearchGoesOn() {
        Script script = Script.impatient(61).start();
        while (script.sinceBegin() < 60.9) {
            script.due();
        }
        script.expectState("selecting").expectEffects("tell FAIL");
        script.due().expectSent(MessageType.DISCOVER);
        script.due().expectSent(MessageType.DISCOVER);
    }

    @Test
    void optionsThatWereNotAskedForAreNotInTheLease() {
        Script script = Script.bound(60);
        List<Integer> codes = script.state().held().orElseThrow().options().codes();
        assertEquals(List.of(53, 54, 51, 1, 3, 6), codes);
    }

    @Test
    void repliesAreDroppedWhereNoneIsAwaited() {
        Script script = Script.bound(60);
        assertEquals(
                DropReason.UNEXPECTED,
                ReplyFilter.check(
                                Replies.ack(script.xid(), 60),
                                Replies.SERVER,
                                script.state(),
                                script.turn(),
                                List.of(),
                                List.of())
                        .orElseThrow());
    }
}
