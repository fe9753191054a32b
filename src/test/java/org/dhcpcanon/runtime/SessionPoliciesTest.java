package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.RoutePolicy;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.runtime.Stage.FakeLink;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;

/** What the administrator can want of a client, played through. */
class SessionPoliciesTest {
    private final Stage stage = new Stage();

    private static Policy policy(Policy.Release release, boolean probing, boolean reboot) {
        return new Policy(Profiles.strict(), RoutePolicy.ALL, release, probing, reboot, List.of());
    }

    @Test
    void aLocalAddressIsGivenUpWithItsLeaseWhereThatIsWanted() throws Exception {
        stage.policy = policy(Policy.Release.MAC_CHANGE, false, false);
        Caller caller = stage.bound("eth0");
        stage.sessions.callerEnded(caller);
        assertEquals(MessageType.RELEASE, last("eth0").message().type());
    }

    @Test
    void theMachinesOwnAddressIsNotGivenUp() throws Exception {
        stage.policy = policy(Policy.Release.MAC_CHANGE, false, false);
        stage.hardware = new MacAddress(0x0000_5e00_5301L);
        Caller caller = stage.start("eth0");
        FakeLink link = stage.link("eth0");
        stage.sink("eth0").answer(SinkAnswer.ACCEPTED);
        link.receive(Replies.toHardware(Replies.offer(link.xid(), 3600), stage.hardware));
        link.receive(Replies.toHardware(Replies.ack(link.xid(), 3600), stage.hardware));
        stage.sink("eth0").answer(SinkAnswer.ACCEPTED);
        stage.sessions.callerEnded(caller);
        assertEquals(MessageType.REQUEST, last("eth0").message().type());
    }

    @Test
    void anAddressThatIsNeverGivenBackStaysAndSoDoesItsClient() throws Exception {
        stage.policy = policy(Policy.Release.NEVER, false, false);
        stage.bound("eth0");
        assertEquals(Control.Outcome.NOT_ALLOWED, stage.sessions.ask(1, Command.RELEASE));
        assertEquals("bound", stage.view(1).state());
        assertEquals(MessageType.REQUEST, last("eth0").message().type());
    }

    private Outgoing last(String interfaceName) {
        List<Outgoing> sent = stage.link(interfaceName).sent;
        return sent.get(sent.size() - 1);
    }

    @Test
    void anAddressIsProbedBeforeAnybodyIsTold() throws Exception {
        stage.policy = policy(Policy.Release.ON_REQUEST, true, false);
        FakeLink link = granted();
        assertEquals(List.of("PREINIT"), stage.sink("eth0").reasons());
        while (!stage.sink("eth0").reasons().contains("BOUND")) {
            stage.due();
        }
        assertEquals(
                Collections.nCopies(3, ArpPacket.probe(Replies.HARDWARE, Replies.ADDRESS)), link.arpSent.subList(0, 3));
        stage.sink("eth0").answer(SinkAnswer.ACCEPTED);
        stage.due();
        stage.due();
        assertEquals(
                Collections.nCopies(2, ArpPacket.announcement(Replies.HARDWARE, Replies.ADDRESS)),
                link.arpSent.subList(3, 5));
        assertEquals("bound", stage.view(1).state());
        assertEquals(Optional.of(Replies.ADDRESS), link.arpHeard);
    }

    private FakeLink granted() throws AttachRefusedException {
        stage.start("eth0");
        stage.sink("eth0").answer(SinkAnswer.ACCEPTED);
        FakeLink link = stage.link("eth0");
        link.receive(Replies.offer(link.xid(), 3600));
        link.receive(Replies.ack(link.xid(), 3600));
        return link;
    }

    @Test
    void anAddressOfAnotherHostIsDeclinedAndNobodyIsTold() throws Exception {
        stage.policy = policy(Policy.Release.ON_REQUEST, true, false);
        FakeLink link = granted();
        stage.due();
        link.listener.heard(ArpPacket.announcement(new MacAddress(0x0200_0000_0099L), Replies.ADDRESS));
        assertEquals(MessageType.DECLINE, last("eth0").message().type());
        assertEquals(List.of("PREINIT"), stage.sink("eth0").reasons());
        assertEquals(Optional.empty(), link.arpHeard);
    }

    @Test
    void aLinkThatIsLostIsSilent() throws Exception {
        stage.bound("eth0");
        FakeLink link = stage.link("eth0");
        int before = link.sent.size();
        link.setCarrier(false);
        assertEquals("offline", stage.view(1).state());
        assertEquals(before, link.sent.size());
        link.setCarrier(true);
        assertEquals(MessageType.DISCOVER, last("eth0").message().type());
        assertEquals(Optional.of(Replies.ADDRESS), stage.view(1).address());
    }

    @Test
    void theLastLeaseOfAConnectionIsAskedForWhereThatIsWanted() throws Exception {
        stage.policy = policy(Policy.Release.ON_REQUEST, false, true);
        stage.connection = Optional.of("11111111-2222-3333-4444-555555555555");
        Caller caller = stage.bound("eth0");
        stage.sessions.callerEnded(caller);
        assertTrue(stage.former.stored.isPresent());
        stage.start("eth0");
        assertEquals("rebooting", stage.view(2).state());
        FakeLink link = stage.link("eth0");
        link.receive(Replies.nak(link.xid()));
        assertEquals(Optional.empty(), stage.former.stored);
    }

    @Test
    void theLastLeaseIsForgottenWithTheHardwareAddress() throws Exception {
        stage.policy = policy(Policy.Release.ON_REQUEST, false, true);
        stage.connection = Optional.of("11111111-2222-3333-4444-555555555555");
        stage.bound("eth0");
        stage.link("eth0").listener.identityChanged();
        assertEquals(Optional.empty(), stage.former.stored);
    }

    @Test
    void nothingIsRememberedUnlessThatIsWanted() throws Exception {
        stage.connection = Optional.of("11111111-2222-3333-4444-555555555555");
        stage.bound("eth0");
        assertEquals(Optional.empty(), stage.former.stored);
    }
}
