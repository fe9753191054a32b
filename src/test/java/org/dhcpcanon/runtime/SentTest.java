package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.RoutePolicy;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;

/** The counter of messages says what a capture would show. */
class SentTest {
    private final Stage stage = new Stage();

    private void assertSent(int count) {
        assertEquals(count, stage.view(1).sent());
        assertEquals(count, stage.link("eth0").sent.size());
    }

    @Test
    void everyMessageOfAnExchangeCounts() throws Exception {
        stage.start("eth0");
        assertSent(1);
        stage.due();
        assertSent(2);
        stage.link("eth0").receive(Replies.offer(stage.link("eth0").xid(), 3600));
        assertSent(3);
        stage.link("eth0").receive(Replies.ack(stage.link("eth0").xid(), 3600));
        assertSent(3);
    }

    @Test
    void renewalsAndDeclinesCount() throws Exception {
        stage.bound("eth0");
        assertSent(2);
        stage.due();
        assertSent(3);
        stage.link("eth0").receive(Replies.nak(stage.link("eth0").xid()));
        assertSent(4);
    }

    @Test
    void aRefusedAddressCountsItsDecline() throws Exception {
        stage.start("eth0");
        stage.sink("eth0").answer(SinkAnswer.ACCEPTED);
        stage.link("eth0").receive(Replies.offer(stage.link("eth0").xid(), 3600));
        stage.link("eth0").receive(Replies.ack(stage.link("eth0").xid(), 3600));
        stage.sink("eth0").answer(SinkAnswer.REFUSED);
        assertSent(3);
    }

    @Test
    void whatTheKernelDoesNotTakeDoesNotCount() throws Exception {
        stage.start("eth0");
        stage.link("eth0").refusing = true;
        stage.due();
        stage.due();
        assertSent(1);
        stage.link("eth0").refusing = false;
        stage.due();
        assertSent(2);
    }

    @Test
    void arpDoesNotCount() throws Exception {
        stage.policy =
                new Policy(Profiles.strict(), RoutePolicy.ALL, Policy.Release.ON_REQUEST, true, false, List.of());
        stage.start("eth0");
        stage.link("eth0").receive(Replies.offer(stage.link("eth0").xid(), 3600));
        stage.link("eth0").receive(Replies.ack(stage.link("eth0").xid(), 3600));
        stage.due();
        assertEquals("probing", stage.view(1).state());
        assertEquals(1, stage.link("eth0").arpSent.size());
        assertSent(2);
    }

    @Test
    void aNewIdentityOfTheSameClientCountsOn() throws Exception {
        stage.bound("eth0");
        stage.link("eth0").listener.identityChanged();
        assertEquals(1, stage.link("eth0").sent.size());
        assertEquals(3, stage.view(1).sent());
    }

    @Test
    void anotherClientBeginsAtZero() throws Exception {
        stage.bound("eth0");
        stage.start("eth0");
        assertEquals(1, stage.view(2).sent());
    }
}
