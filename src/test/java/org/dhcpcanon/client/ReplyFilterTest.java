package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Prefix;
import org.junit.jupiter.api.Test;

class ReplyFilterTest {
    private final Script script = Script.strict().start();

    private Optional<DropReason> check(Message message, Prefix... rejected) {
        return ReplyFilter.check(message, Replies.SERVER, script.state(), script.turn(), List.of(rejected), List.of());
    }

    private Message offer() {
        return Replies.offer(script.xid(), 60);
    }

    @Test
    void ourOwnReplyPasses() {
        assertEquals(Optional.empty(), check(offer()));
    }

    @Test
    void anotherTransactionIsNotOurs() {
        assertEquals(Optional.of(DropReason.OTHER_TRANSACTION), check(Replies.offer(script.xid() + 1, 60)));
    }

    @Test
    void anotherHardwareAddressIsNotOurs() {
        Message own = offer();
        Message other = new Message(
                own.operation(),
                own.transactionId(),
                0,
                0,
                own.clientAddress(),
                own.yourAddress(),
                own.nextServer(),
                own.relayAddress(),
                new MacAddress(0x0200_0000_0002L),
                own.options());
        assertEquals(Optional.of(DropReason.OTHER_HARDWARE), check(other));
    }

    @Test
    void anEchoedClientIdentifierMustBeOurs() {
        Octets ours = Octets.of(new byte[] {1, 2, 0, 0, 0, 0, 1});
        assertEquals(Optional.empty(), check(Replies.with(offer(), Option.CLIENT_IDENTIFIER, ours)));
        Octets other = Octets.of(new byte[] {1, 2, 0, 0, 0, 0, 2});
        assertEquals(
                Optional.of(DropReason.OTHER_CLIENT_ID), check(Replies.with(offer(), Option.CLIENT_IDENTIFIER, other)));
    }

    @Test
    void aReplyWithoutAServerIsDropped() {
        assertEquals(Optional.of(DropReason.NO_SERVER), check(Replies.without(offer(), Option.SERVER_IDENTIFIER)));
        assertEquals(
                Optional.of(DropReason.NO_SERVER),
                check(Replies.with(offer(), Option.SERVER_IDENTIFIER, Octets.of(Ipv4.BROADCAST))));
    }

    @Test
    void aRejectedServerIsDroppedByIdentifierAndBySource() {
        assertEquals(Optional.of(DropReason.REJECTED_SERVER), check(offer(), new Prefix(Replies.SERVER, 32)));
        Message relayed = Replies.with(offer(), Option.SERVER_IDENTIFIER, Octets.of(Ipv4.of(198, 51, 100, 1)));
        assertEquals(Optional.of(DropReason.REJECTED_SERVER), check(relayed, new Prefix(Ipv4.of(192, 0, 2, 0), 24)));
        assertEquals(Optional.empty(), check(offer(), new Prefix(Ipv4.of(10, 0, 0, 0), 8)));
    }

    private Optional<DropReason> checkRequiring(Message message, Option option) {
        return ReplyFilter.check(
                message, Replies.SERVER, script.state(), script.turn(), List.of(), List.of(option.code()));
    }

    @Test
    void anOfferWithoutARequiredOptionIsDropped() {
        Message poor = Replies.without(offer(), Option.SUBNET_MASK);
        assertEquals(Optional.of(DropReason.LACKS_OPTION), checkRequiring(poor, Option.SUBNET_MASK));
        assertEquals(Optional.empty(), checkRequiring(offer(), Option.SUBNET_MASK));
        Message ack = Replies.without(Replies.ack(script.xid(), 60), Option.SUBNET_MASK);
        assertEquals(Optional.empty(), checkRequiring(ack, Option.SUBNET_MASK));
    }

    /** No server would send it, and so no offer would ever do. */
    @Test
    void whatTheProfileDoesNotAskForCannotBeRequired() {
        assertEquals(Optional.empty(), checkRequiring(offer(), Option.NTP_SERVERS));
    }
}
