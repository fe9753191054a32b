package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the whole client takes and what it refuses of real packets; the test is the server. */
@Timeout(60)
final class HeardOnTheWireIT {
    private static final Octets ANOTHERS = Octets.fromColonHex("01:02:00:00:00:0b:ad");

    private WiredClient client;

    @BeforeEach
    void start() throws Exception {
        client = new WiredClient();
    }

    @AfterEach
    void end() throws Exception {
        client.close();
    }

    /** RFC 6842 §3. */
    @Test
    void anOfferAndAnAckThatEchoAnotherClientIdentifierAreRefused() throws Exception {
        Message discover = client.next(MessageType.DISCOVER);
        client.answer(discover, MessageType.OFFER, Option.CLIENT_IDENTIFIER, ANOTHERS);
        assertEquals(List.of(), client.within(500));
        assertEquals("selecting", client.state());

        client.answer(discover, MessageType.OFFER);
        Message request = client.next(MessageType.REQUEST);
        client.answer(request, MessageType.ACK, Option.CLIENT_IDENTIFIER, ANOTHERS);
        assertEquals(List.of(), client.within(500));
        assertEquals("requesting", client.state());

        Octets own = request.options().find(Option.CLIENT_IDENTIFIER).orElseThrow();
        client.answer(request, MessageType.ACK, Option.CLIENT_IDENTIFIER, own);
        client.await("bound");
    }

    /** RFC 2131 §4.3.2: a server that answers a unicast renewal with NAK may broadcast it. */
    @Test
    void aBroadcastNakWhileRenewingIsHeard() throws Exception {
        Message renewal = renewal();
        client.broadcast(renewal, MessageType.NAK);
        Message search = client.next(MessageType.DISCOVER);
        assertTrue(search.transactionId() != renewal.transactionId());
        assertEquals(Ipv4.ANY, search.clientAddress());
        // What a reply leads to is sent before it is shown.
        client.await("selecting");
        assertEquals(4, client.sent(), "two of the search, one by UDP, and the new search");
    }

    /** RFC 2131 §4.4.5: by its own interface, from its own address, to the server alone. */
    @Test
    void aRenewalIsUnicast() throws Exception {
        assertEquals(Replies.CLIENT, renewal().clientAddress());
        assertEquals(Replies.SERVER_MAC, MacAddress.at(client.lastFrame(), 0));
        assertEquals(client.hardware(), MacAddress.at(client.lastFrame(), MacAddress.LENGTH));
    }

    private Message renewal() throws Exception {
        client.answer(client.next(MessageType.DISCOVER), MessageType.OFFER);
        client.answer(client.next(MessageType.REQUEST), MessageType.ACK);
        client.await("bound");
        client.useAddress();
        return client.next(MessageType.REQUEST);
    }

    /** This machine's clock has run for long; what is told is how long this search has. */
    @Test
    void secsNeverCarriesUptime() throws Exception {
        assertTrue(new BootClock().now() > 20_000_000_000L, "a machine that has just started proves nothing");
        assertEquals(0, client.next(MessageType.DISCOVER).seconds());
        Message again = client.next(MessageType.DISCOVER);
        assertTrue(again.seconds() >= 3 && again.seconds() <= 5, () -> "secs " + again.seconds());
        client.answer(again, MessageType.OFFER);
        Message request = client.next(MessageType.REQUEST);
        assertEquals(again.seconds(), request.seconds());
        client.answer(request, MessageType.ACK);
        client.await("bound");
        client.useAddress();
        assertEquals(0, client.next(MessageType.REQUEST).seconds());
    }
}
