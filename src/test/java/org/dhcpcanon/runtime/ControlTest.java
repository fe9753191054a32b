package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.runtime.Stage.FakeCaller;
import org.junit.jupiter.api.Test;

/** What people ask of running clients. */
class ControlTest {
    private final Stage stage = new Stage();

    @Test
    void aLeaseIsRenewedBeforeItsTime() throws Exception {
        stage.bound("eth0");
        assertEquals(Control.Outcome.DONE, stage.sessions.ask(1, Command.RENEW));
        assertEquals("renewing", stage.view(1).state());
        assertEquals(MessageType.REQUEST, last());
    }

    @Test
    void whereNothingIsHeldThereIsNothingToRenew() throws Exception {
        stage.start("eth0");
        assertEquals(Control.Outcome.NO_LEASE, stage.sessions.ask(1, Command.RENEW));
    }

    @Test
    void releaseGivesTheAddressBackAndEndsTheClient() throws Exception {
        FakeCaller caller = stage.bound("eth0");
        assertEquals(Control.Outcome.DONE, stage.sessions.ask(1, Command.RELEASE));
        assertEquals(MessageType.RELEASE, last());
        assertEquals(List.of(0), caller.exits);
        assertEquals(Control.Outcome.NO_CLIENT, stage.sessions.ask(1, Command.RELEASE));
    }

    @Test
    void stopSaysNothingToTheNetwork() throws Exception {
        FakeCaller caller = stage.bound("eth0");
        int sent = stage.link("eth0").sent.size();
        assertEquals(Control.Outcome.DONE, stage.sessions.ask(1, Command.STOP));
        assertEquals(sent, stage.link("eth0").sent.size());
        assertEquals(List.of(0), caller.exits);
    }

    /** The one who was allowed to stop the old client has not been asked about the new. */
    @Test
    void theNextClientOfAnInterfaceIsNotMeant() throws Exception {
        stage.bound("eth0");
        stage.bound("eth0");
        assertEquals(Control.Outcome.NO_CLIENT, stage.sessions.ask(1, Command.STOP));
        assertEquals("bound", stage.view(2).state());
    }

    @Test
    void theEndOnTheWallClockStaysAsItWas() throws Exception {
        stage.bound("eth0");
        OptionalLong first = stage.view(1).expiry();
        stage.now += 7_000_000_000L;
        stage.link("eth0").listener.renamed("eth1");
        assertEquals(first, stage.view(1).expiry());
        assertEquals(OptionalLong.of(1_800_000_000L + 3600), first);
    }

    private MessageType last() {
        List<Outgoing> sent = stage.link("eth0").sent;
        return sent.get(sent.size() - 1).message().type();
    }
}
