package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.client.SinkAnswer;
import org.junit.jupiter.api.Test;

/** Which client and which exchange the lines of the journal are about. */
class SessionJournalTest {
    private final Stage stage = new Stage();

    private Subject of(String line) {
        assertTrue(stage.journal.contains(line), stage.journal::toString);
        return stage.subjects.get(stage.journal.lastIndexOf(line));
    }

    private static Subject client(int number, int transactionId) {
        return new Subject("eth0", OptionalInt.of(number), OptionalInt.of(transactionId));
    }

    private static Subject idle(int number) {
        return new Subject("eth0", OptionalInt.of(number), OptionalInt.empty());
    }

    @Test
    void theLinesOfAnExchangeHaveItsXidFromTheFirstToTheLast() throws Exception {
        stage.bound("eth0");
        int xid = stage.link("eth0").xid();
        assertEquals(client(1, xid), of("eth0: stopped -> selecting"));
        assertEquals(client(1, xid), of("eth0: selecting -> requesting"));
        assertEquals(client(1, xid), of("eth0: requesting -> checking"));
        assertEquals(client(1, xid), of("eth0: telling BOUND"));
    }

    @Test
    void aClientWithoutExchangeHasNone() throws Exception {
        stage.bound("eth0");
        assertEquals(idle(1), of("eth0: not sent: host-name (12)"));
        assertEquals(idle(1), of("eth0: checking -> bound"));
    }

    @Test
    void aRenewalIsAnotherExchange() throws Exception {
        stage.bound("eth0");
        int first = stage.link("eth0").xid();
        stage.due();
        int second = stage.link("eth0").xid();
        assertNotEquals(first, second);
        assertEquals(client(1, second), of("eth0: bound -> renewing"));
        stage.link("eth0").receive(Replies.ack(second, 3600));
        assertEquals(client(1, second), of("eth0: telling RENEW"));
        stage.sink("eth0").answer(SinkAnswer.UNHEARD);
        assertEquals(idle(1), of("eth0: nobody has confirmed the lease"));
    }

    @Test
    void aReplyThatIsDroppedBelongsToTheExchangeThatItDisturbs() throws Exception {
        stage.start("eth0");
        int xid = stage.link("eth0").xid();
        stage.link("eth0").receive(Replies.ack(xid, 3600));
        String line = stage.journal.get(stage.journal.size() - 1);
        assertTrue(line.startsWith("eth0: packet dropped: "), line);
        assertEquals(client(1, xid), of(line));
    }

    @Test
    void linesFollowTheNameOfTheInterface() throws Exception {
        stage.bound("eth0");
        stage.link("eth0").listener.renamed("lan0");
        stage.link("eth0").setCarrier(false);
        assertEquals(new Subject("lan0", OptionalInt.of(1), OptionalInt.empty()), of("lan0: link lost"));
    }

    @Test
    void aDefectIsOfItsClientAndExchange() throws Exception {
        stage.bound("eth0");
        stage.link("eth0").broken = true;
        stage.due();
        Optional<String> defect =
                stage.journal.stream().filter(line -> line.contains("defect")).findFirst();
        Subject subject = of(defect.orElseThrow());
        assertEquals(OptionalInt.of(1), subject.client());
        assertTrue(subject.transactionId().isPresent());
    }

    @Test
    void aLineWithoutClientIsOfTheInterface() {
        stage.sessions.release("eth0");
        assertEquals(Subject.of("eth0"), of("eth0: there is no lease to release"));
    }
}
