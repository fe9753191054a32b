package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.client.RequestList;
import org.dhcpcanon.client.SendList;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.RoutePolicy;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.runtime.Stage.FakeCaller;
import org.dhcpcanon.runtime.Stage.FakeLink;
import org.dhcpcanon.runtime.Stage.FakeSink;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final Stage stage = new Stage();

    @Test
    void aLeaseIsToldRememberedAndShown() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        ClientView view = stage.view(1);
        assertEquals("bound", view.state());
        assertEquals(Replies.ADDRESS, view.address().orElseThrow());
        assertEquals(List.of("host-name (12)"), view.suppressed());
        FakeSink sink = stage.sink("eth0");
        assertEquals(List.of("PREINIT", "BOUND"), sink.reasons());
        assertEquals(sink.told.get(1).options(), view.options());
        assertEquals("192.0.2.77", view.options().get("ip_address"));
        assertEquals("3600", view.options().get("dhcp_lease_time"));
        assertEquals("1800003600", view.options().get("expiry"));
        assertTrue(caller.stored.isPresent());
        assertEquals(List.of(Listening.RAW, Listening.QUIET), stage.link("eth0").listening);
    }

    @Test
    void oneThingIsToldAtATimeAndInOrder() throws AttachRefusedException {
        stage.start("eth0");
        FakeLink link = stage.link("eth0");
        link.receive(Replies.offer(link.xid(), 20));
        link.receive(Replies.ack(link.xid(), 20));
        FakeSink sink = stage.sink("eth0");
        assertEquals(List.of("PREINIT"), sink.reasons());
        sink.answer(SinkAnswer.ACCEPTED);
        assertEquals(List.of("PREINIT", "BOUND"), sink.reasons());
    }

    @Test
    void anAnswerAboutALeaseThatIsOverIsIgnored() throws AttachRefusedException {
        FakeCaller caller = stage.start("eth0");
        FakeLink link = stage.link("eth0");
        FakeSink sink = stage.sink("eth0");
        sink.answer(SinkAnswer.ACCEPTED);
        link.receive(Replies.offer(link.xid(), 20));
        link.receive(Replies.ack(link.xid(), 20));
        stage.now += 21_000_000_000L;
        stage.sessions.act(stage.now);
        assertEquals("selecting", stage.view(1).state());
        sink.answer(SinkAnswer.ACCEPTED);
        assertEquals("selecting", stage.view(1).state());
        assertTrue(caller.stored.isEmpty());
        assertEquals(List.of("PREINIT", "BOUND", "EXPIRE"), sink.reasons());
    }

    @Test
    void theNewestRequestForAnInterfaceWinsAndTheOlderCallerIsToldToExit() throws AttachRefusedException {
        FakeCaller older = stage.bound("eth0");
        FakeLink olderLink = stage.link("eth0");
        FakeSink olderSink = stage.sink("eth0");
        FakeCaller newer = stage.start("eth0");
        assertEquals(List.of(0), older.exits);
        assertEquals(List.of(), newer.exits);
        assertTrue(olderLink.closed && olderSink.closed);
        assertEquals(Map.of(2, stage.view(2)), stage.views);
        stage.sessions.callerEnded(older);
        assertEquals("selecting", stage.view(2).state());
    }

    @Test
    void whenTheCallerIsGoneTheClientStopsInSilence() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        int sent = stage.link("eth0").sent.size();
        stage.sessions.callerEnded(caller);
        assertEquals(sent, stage.link("eth0").sent.size());
        assertTrue(stage.link("eth0").closed);
        assertTrue(stage.views.isEmpty());
        assertTrue(caller.stored.isEmpty());
    }

    @Test
    void clientsOfSeveralInterfacesDoNotTouchEachOther() throws AttachRefusedException {
        FakeCaller first = stage.bound("eth0");
        stage.bound("eth1");
        stage.sessions.callerEnded(first);
        assertEquals("bound", stage.view(2).state());
        stage.due();
        stage.due();
        assertEquals("renewing", stage.view(2).state());
    }

    @Test
    void aLeaseOfTheSameCallerIsTakenUpAgainInSilence() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        Stage restarted = new Stage();
        restarted.now = stage.now + 5_000_000_000L;
        restarted.sessions.start(Stage.request("eth0"), caller);
        assertEquals("bound", restarted.view(1).state());
        assertEquals(List.of(), restarted.link("eth0").sent);
        assertEquals(List.of(), restarted.sink("eth0").reasons());
        assertEquals("192.0.2.77", restarted.view(1).options().get("ip_address"));
    }

    @Test
    void aDefectEndsOneClientAndTellsItsCaller() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        stage.bound("eth1");
        stage.link("eth0").broken = true;
        stage.due();
        stage.due();
        assertEquals(List.of(1), caller.exits);
        assertTrue(stage.journal.contains("eth0: defect broken link"));
        assertFalse(stage.view(2).state().isEmpty());
    }

    @Test
    void anInterfaceThatIsNotThereIsRefusedInWords() {
        AttachRefusedException refused = assertThrows(AttachRefusedException.class, () -> stage.start("nothing0"));
        assertEquals(AttachRefusedException.Kind.NO_INTERFACE, refused.kind());
        assertEquals("there is no interface nothing0", refused.getMessage());
        assertTrue(stage.views.isEmpty());
    }

    @Test
    void repliesThatAreNotForUsAreCountedByReason() throws AttachRefusedException {
        stage.start("eth0");
        FakeLink link = stage.link("eth0");
        link.receive(Replies.offer(link.xid() + 1, 60));
        link.receive(Replies.offer(link.xid() + 1, 60));
        link.receive(Replies.nak(link.xid()));
        link.listener.dropped(DropReason.BAD_UDP_CHECKSUM);
        stage.due();
        assertEquals(
                Map.of(
                        DropReason.OTHER_TRANSACTION, 2L,
                        DropReason.UNEXPECTED, 1L,
                        DropReason.BAD_UDP_CHECKSUM, 1L),
                stage.view(1).dropped());
    }

    private List<MessageType> sentTypes(String interfaceName) {
        return stage.link(interfaceName).sent.stream()
                .map(packet -> packet.message().type())
                .toList();
    }

    @Test
    void afterAReleaseTheClientEndsAndItsCallerIsToldToExit() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        stage.sessions.release("eth1");
        stage.sessions.release("eth0");
        assertEquals(List.of(MessageType.DISCOVER, MessageType.REQUEST, MessageType.RELEASE), sentTypes("eth0"));
        assertEquals(List.of(0), caller.exits);
        assertTrue(stage.views.isEmpty());
    }

    @Test
    void aLeaseIsStillReleasedAMomentAfterItsCallerHasEnded() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        stage.sessions.callerEnded(caller);
        stage.now += 1_000_000_000L;
        stage.sessions.release("eth0");
        assertEquals(List.of(MessageType.RELEASE), sentTypes("eth0"));
        assertTrue(stage.link("eth0").closed);
    }

    @Test
    void whoNeverWantsAReleaseSendsNoneThoughHeIsAskedTo() throws AttachRefusedException {
        stage.policy = new Policy(Profiles.strict(), RoutePolicy.ALL, Policy.Release.NEVER, false, false, List.of());
        FakeCaller caller = stage.bound("eth0");
        stage.sessions.release("eth0");
        assertEquals(List.of(MessageType.DISCOVER, MessageType.REQUEST), sentTypes("eth0"));
        assertEquals(List.of(0), caller.exits);
        assertTrue(stage.journal.contains("eth0: not released: the settings say never"));
        stage.sessions.callerEnded(stage.bound("eth0"));
        stage.sessions.release("eth0");
        assertEquals(List.of(MessageType.DISCOVER, MessageType.REQUEST), sentTypes("eth0"));
    }

    @Test
    void aClientKeepsThePolicyThatItBeganWith() throws AttachRefusedException {
        stage.bound("eth0");
        stage.policy = Policy.of(Profiles.byName("android"));
        stage.bound("eth1");
        assertEquals("strict", stage.view(1).profile());
        assertEquals("android", stage.view(2).profile());
    }

    @Test
    void noLeaseIsKeptForLongNorBesideANewClient() throws AttachRefusedException {
        stage.sessions.callerEnded(stage.bound("eth0"));
        FakeLink before = stage.link("eth0");
        stage.due();
        assertEquals(Long.MAX_VALUE, stage.sessions.deadline());
        stage.sessions.release("eth0");
        assertEquals(before, stage.link("eth0"));
        stage.sessions.callerEnded(stage.bound("eth0"));
        FakeCaller newer = stage.start("eth0");
        stage.sessions.callerEnded(newer);
        FakeLink last = stage.link("eth0");
        stage.sessions.release("eth0");
        assertEquals(last, stage.link("eth0"));
    }

    @Test
    void aClientIsEndedByTheNameOfItsInterfaceInSilence() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        stage.sessions.stop("eth1");
        stage.sessions.stop("eth0");
        assertEquals(List.of(0), caller.exits);
        assertEquals(List.of(MessageType.DISCOVER, MessageType.REQUEST), sentTypes("eth0"));
    }

    @Test
    void anotherHardwareAddressEndsTheLeaseAndBeginsWithDiscover() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        FakeLink old = stage.link("eth0");
        int sent = old.sent.size();
        old.listener.identityChanged();
        assertTrue(old.closed);
        assertEquals(sent, old.sent.size());
        assertEquals(List.of(MessageType.DISCOVER), sentTypes("eth0"));
        assertEquals("selecting", stage.view(1).state());
        assertEquals(List.of("PREINIT", "BOUND", "EXPIRE"), stage.sink("eth0").reasons());
        assertEquals("192.0.2.77", stage.sink("eth0").told.get(2).old().get("ip_address"));
        assertTrue(caller.stored.isEmpty() && caller.exits.isEmpty());
    }

    @Test
    void anInterfaceThatIsGoneEndsTheClientWithoutATrace() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        stage.gone = true;
        stage.link("eth0").listener.identityChanged();
        assertEquals(List.of(1), caller.exits);
        assertTrue(stage.views.isEmpty());
        assertTrue(stage.journal.contains("eth0: cannot be used any more; its client ends"));
    }

    @Test
    void aClientFollowsTheNewNameOfItsInterface() throws AttachRefusedException {
        FakeCaller older = stage.bound("eth0");
        FakeLink link = stage.link("eth0");
        link.listener.renamed("wan0");
        assertEquals("wan0", stage.view(1).interfaceName());
        assertEquals("bound", stage.view(1).state());
        assertFalse(link.closed);
        assertTrue(stage.journal.contains("eth0: the interface is now called wan0"));
        stage.start("eth0");
        assertEquals(List.of(), older.exits);
        stage.start("wan0");
        assertEquals(List.of(0), older.exits);
        assertTrue(link.closed);
        assertEquals(Set.of(2, 3), stage.views.keySet());
    }

    @Test
    void anInterfaceThatWasRenamedIsReleasedAndOpenedAnewByItsNewName() throws AttachRefusedException {
        stage.bound("eth0");
        FakeLink link = stage.link("eth0");
        link.listener.renamed("wan0");
        link.listener.identityChanged();
        assertEquals(List.of(MessageType.DISCOVER), sentTypes("wan0"));
        stage.sessions.stop("eth0");
        assertEquals(Set.of(1), stage.views.keySet());
        stage.sessions.release("wan0");
        assertTrue(stage.views.isEmpty());
    }

    @Test
    void aLinkThatIsLostAndBackIsWrittenDown() throws AttachRefusedException {
        stage.bound("eth0");
        stage.link("eth0").setCarrier(false);
        stage.link("eth0").setCarrier(true);
        assertTrue(stage.journal.containsAll(List.of("eth0: link lost", "eth0: link is back")));
    }

    @Test
    void aDefectWhileAReplyIsHandledEndsTheClientAsWell() throws AttachRefusedException {
        FakeCaller caller = stage.start("eth0");
        FakeLink link = stage.link("eth0");
        int xid = link.xid();
        link.broken = true;
        link.receive(Replies.offer(xid, 60));
        assertEquals(List.of(1), caller.exits);
        assertTrue(stage.views.isEmpty() && link.closed);
    }

    @Test
    void theJournalTellsNothingAboutThePlace() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        stage.due();
        stage.sessions.callerEnded(caller);
        for (String line : stage.journal) {
            assertFalse(line.contains("192.0.2") || line.contains("02:00:00"), line);
        }
        assertFalse(stage.journal.isEmpty());
    }

    @Test
    void aLeaseThatNobodyHeardOfIsAWarning() throws AttachRefusedException {
        stage.start("eth0");
        FakeLink link = stage.link("eth0");
        stage.sink("eth0").answer(SinkAnswer.UNHEARD);
        assertEquals(List.of(), stage.view(1).warnings());
        link.receive(Replies.offer(link.xid(), 20));
        link.receive(Replies.ack(link.xid(), 20));
        stage.sink("eth0").answer(SinkAnswer.UNHEARD);
        assertEquals(List.of("nobody has confirmed the lease"), stage.view(1).warnings());
        assertEquals("bound", stage.view(1).state());
    }

    @Test
    void theRehearsalEndsWithALeaseForEveryProfile() {
        Rehearsal.run(Profiles.strict(), 2);
        Rehearsal.run(Profiles.strict().asking(List.of(15, 26, 42, 119)), 2);
    }

    @Test
    void whatTheProfileDoesNotAskForIsReportedAndARequiredOptionIsWaitedFor() throws Exception {
        stage.start(Requests.of(
                new RequestList(Optional.of(List.of(1, 3, 12)), List.of(252)),
                SendList.NONE,
                List.of(Option.CLASSLESS_STATIC_ROUTES.code()),
                List.of("host-name (12)")));
        assertEquals(
                List.of("host-name (12)", "request for host_name, wpad"),
                stage.view(1).suppressed());
        FakeLink link = stage.link("eth0");
        link.receive(Replies.offer(link.xid(), 60));
        stage.due();
        assertEquals("selecting", stage.view(1).state());
        assertEquals(Map.of(DropReason.LACKS_OPTION, 1L), stage.view(1).dropped());
    }
}
