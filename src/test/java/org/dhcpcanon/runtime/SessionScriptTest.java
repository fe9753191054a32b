package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.RoutePolicy;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.runtime.Stage.FakeCaller;
import org.dhcpcanon.runtime.Stage.FakeLink;
import org.dhcpcanon.runtime.Stage.FakeSink;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client whose interface is configured by a script. */
class SessionScriptTest {
    private final Stage stage = new Stage();

    @BeforeEach
    void aScript() {
        stage.configures = true;
    }

    @Test
    void nothingIsSentBeforeTheScriptHasMadeTheInterfaceReady() throws AttachRefusedException {
        stage.start("eth0");
        assertEquals(List.of("PREINIT"), stage.sink("eth0").reasons());
        assertEquals(List.of(), stage.link("eth0").sent);
        stage.sink("eth0").answer(SinkAnswer.UNHEARD);
        assertEquals(1, stage.link("eth0").sent.size());
        assertEquals(List.of("PREINIT"), stage.sink("eth0").reasons());
    }

    /** A script that draws a hardware address would otherwise do so for ever. */
    @Test
    void anAddressThatTheScriptGivesTheInterfaceIsTheFirstThatIsSeen() throws AttachRefusedException {
        stage.start("eth0");
        FakeLink before = stage.link("eth0");
        stage.hardware = new MacAddress(0x0200_0000_0002L);
        before.listener.identityChanged();
        assertEquals(List.of(), before.sent);
        FakeLink after = stage.link("eth0");
        stage.sink("eth0").answer(SinkAnswer.ACCEPTED);
        assertEquals(List.of("PREINIT"), stage.sink("eth0").reasons());
        assertEquals(1, after.sent.size());
        assertEquals(stage.hardware, after.sent.get(0).message().hardware());
    }

    @Test
    void aLeaseIsTakenUpAgainWithoutASecondPreparation() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        Stage restarted = new Stage();
        restarted.configures = true;
        restarted.now = stage.now + 5_000_000_000L;
        restarted.sessions.start(Stage.request("eth0"), caller);
        assertEquals("bound", restarted.view(1).state());
        assertEquals(List.of(), restarted.sink("eth0").reasons());
    }

    @Test
    void whatIsInUseIsRecordedWithItsTimesOnTheWallClock() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        LeaseEntry entry = caller.recorded.get(0);
        assertEquals(1, caller.recorded.size());
        assertEquals("eth0", entry.interfaceName());
        assertEquals(Replies.ADDRESS, entry.lease().address());
        assertEquals(stage.view(1).options(), entry.options());
        assertEquals(1_800_003_600L, entry.expiresAt());
    }

    @Test
    void aLeaseThatWasProbedIsNotItsOwnPast() throws AttachRefusedException {
        stage.policy =
                new Policy(Profiles.strict(), RoutePolicy.ALL, Policy.Release.ON_REQUEST, true, false, List.of());
        stage.start("eth0");
        stage.sink("eth0").answer(SinkAnswer.ACCEPTED);
        FakeLink link = stage.link("eth0");
        link.receive(Replies.offer(link.xid(), 3600));
        link.receive(Replies.ack(link.xid(), 3600));
        while (stage.sink("eth0").told.size() < 2) {
            stage.due();
        }
        LeaseNews bound = stage.sink("eth0").told.get(1);
        assertEquals("BOUND", bound.reason().name());
        assertEquals(LeaseNews.NOTHING, bound.old());
    }

    @Test
    void theScriptHearsOfAnEndThatSomebodyWantsBeforeTheCallerExits() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        FakeSink sink = stage.sink("eth0");
        assertEquals(Control.Outcome.DONE, stage.sessions.ask(1, Command.RELEASE));
        LeaseNews last = sink.told.get(2);
        assertEquals("RELEASE", last.reason().name());
        assertEquals("192.0.2.77", last.old().get("ip_address"));
        assertEquals(MessageType.RELEASE, last(stage.link("eth0")));
        assertTrue(stage.link("eth0").closed && stage.views.isEmpty());
        assertEquals(List.of(), caller.exits);
        assertFalse(sink.closed);
        sink.answer(SinkAnswer.ACCEPTED);
        assertEquals(List.of(0), caller.exits);
        assertTrue(sink.closed);
    }

    @Test
    void theScriptHearsOfAnEndThatItsOwnCallerWants() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        FakeSink sink = stage.sink("eth0");
        stage.sessions.conclude(caller, Command.STOP, () -> caller.exit(0));
        assertEquals(List.of("PREINIT", "BOUND", "STOP"), sink.reasons());
        assertEquals("192.0.2.77", sink.told.get(2).old().get("ip_address"));
        assertEquals(List.of(), caller.exits);
        sink.answer(SinkAnswer.ACCEPTED);
        assertEquals(List.of(0), caller.exits);
        stage.sessions.conclude(caller, Command.STOP, () -> caller.exit(3));
        assertEquals(List.of(0, 3), caller.exits);
    }

    @Test
    void anotherCallerThatEndsTheClientHearsWhatItsLeaseHeld() throws AttachRefusedException {
        FakeCaller caller = stage.bound("eth0");
        assertEquals("192.0.2.77", stage.sessions.stop("eth0").get("ip_address"));
        assertEquals(List.of("PREINIT", "BOUND"), stage.sink("eth0").reasons());
        assertEquals(List.of(0), caller.exits);
        assertEquals(LeaseNews.NOTHING, stage.sessions.stop("eth0"));
    }

    @Test
    void aReleaseAfterTheCallersEndIsOneOfTheSameLease() throws AttachRefusedException {
        stage.sessions.callerEnded(stage.bound("eth0"));
        assertEquals("192.0.2.77", stage.sessions.release("eth0").get("ip_address"));
        assertEquals(LeaseNews.NOTHING, stage.sessions.release("eth0"));
    }

    @Test
    void theScriptLearnsTheNewNameOfTheInterface() throws AttachRefusedException {
        stage.bound("eth0");
        stage.link("eth0").listener.renamed("lan0");
        assertEquals(List.of("lan0"), stage.sink("eth0").names);
    }

    /** Whoever waits for a lease has none to wait for. */
    @Test
    void aNetworkForIpv6IsToldAsSuchAndIsAFailureForWhoeverWaits() throws AttachRefusedException {
        stage.policy = Policy.of(Profiles.byName("android"));
        FakeCaller caller = stage.start("eth0");
        stage.sink("eth0").answer(SinkAnswer.ACCEPTED);
        FakeLink link = stage.link("eth0");
        link.receive(Replies.with(Replies.offer(link.xid(), 3600), Option.V6_ONLY_PREFERRED, Octets.u32(1800)));
        assertEquals(List.of("PREINIT", "V6ONLY"), stage.sink("eth0").reasons());
        assertEquals(0, caller.failures);
        stage.sink("eth0").answer(SinkAnswer.ACCEPTED);
        assertEquals(1, caller.failures);
    }

    private static MessageType last(FakeLink link) {
        return link.sent.get(link.sent.size() - 1).message().type();
    }
}
