package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MessageType;
import org.junit.jupiter.api.Test;

/** RFC 2131 §4.3.2 and §4.4.2, where the administrator wants it. */
class RebootingTest {
    private static final Lease FORMER = Script.bound(3600).state().held().orElseThrow();

    private static Script rebooting() {
        return Script.strict().reboot(FORMER).expectState("rebooting");
    }

    @Test
    void theRequestNamesTheAddressAndNoServer() {
        Outgoing request = rebooting().expectSent(MessageType.REQUEST);
        assertEquals(Set.of(50, 53, 55, 61), request.message().options().asMap().keySet());
        assertEquals(Ipv4.ANY, request.message().clientAddress());
        assertEquals(new Destination.Broadcast(Ipv4.ANY), request.destination());
    }

    @Test
    void anAcknowledgementIsALease() {
        rebooting().ack(3600).expectEffects("tell REBOOT", "listen QUIET").expectState("checking");
        Script probing = Script.strict().probing().reboot(FORMER).ack(3600).expectState("probing");
        probing.verdict(Verdict.FREE).expectEffects("tell REBOOT", "listen QUIET");
    }

    @Test
    void aRefusalBeginsASearchAndForgets() {
        rebooting().nak().expectEffects("forget", "listen RAW", "DISCOVER").expectState("selecting");
    }

    @Test
    void anotherAddressIsNotWhatWasAskedFor() {
        Script script = rebooting();
        script.reply(Replies.message(MessageType.ACK, script.xid(), Replies.OTHER_ADDRESS, Replies.SERVER, 60));
        script.expectEffects("drop OTHER_ADDRESS").expectState("rebooting");
    }

    /** Silence may mean another network, where the address is somebody else's. */
    @Test
    void whereNobodyAnswersASearchBegins() {
        Script script = rebooting();
        script.due().expectSent(MessageType.REQUEST);
        script.due().expectSent(MessageType.REQUEST);
        script.due().expectEffects("forget", "listen RAW", "DISCOVER").expectState("selecting");
    }

    @Test
    void theLeaseOfAnotherHardwareAddressIsNotShown() {
        Lease others = new Lease(
                new MacAddress(0x0200_0000_0099L),
                FORMER.address(),
                FORMER.nextServer(),
                FORMER.server(),
                FORMER.times(),
                FORMER.standing(),
                FORMER.options());
        Script.strict().reboot(others).expectState("selecting");
    }

    @Test
    void aLeaseThatIsOverIsNotShown() {
        Script.strict().unwatched(4000).reboot(FORMER).expectState("selecting");
    }

    @Test
    void anotherLinkIsNotAskedAtAll() {
        Script script = rebooting().carrier(false);
        script.expectEffects("forget", "listen NOTHING").expectState("offline");
        script.carrier(true).expectState("selecting").expectSent(MessageType.DISCOVER);
        Script.strict().withoutCarrier().reboot(FORMER).expectState("offline");
    }
}
