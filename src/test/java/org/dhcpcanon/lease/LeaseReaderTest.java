package org.dhcpcanon.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;
import org.junit.jupiter.api.Test;

class LeaseReaderTest {
    private static final Options ASKED = Replies.asking(1, 3, 6, 121);
    private static final Message ACK = Replies.ack(1, 3600);

    private static Lease read(Message message) throws MalformedPacketException {
        return LeaseReader.read(message, ASKED, 0, 0);
    }

    private static void assertDropped(DropReason reason, Message message) {
        assertEquals(
                reason,
                assertThrows(MalformedPacketException.class, () -> read(message))
                        .reason());
    }

    @Test
    void theSubnetComesFromTheMaskOrTheClass() throws MalformedPacketException {
        assertEquals("192.0.2.0/24", read(ACK).subnet().toString());
        assertEquals(
                "192.0.2.0/24",
                read(Replies.without(ACK, Option.SUBNET_MASK)).subnet().toString());
        Message classA = Replies.message(MessageType.ACK, 1, Ipv4.of(10, 1, 2, 3), Replies.SERVER, 60);
        assertEquals(
                "10.0.0.0/8",
                read(Replies.without(classA, Option.SUBNET_MASK)).subnet().toString());
        Message classB = Replies.message(MessageType.ACK, 1, Ipv4.of(128, 1, 2, 3), Replies.SERVER, 60);
        assertEquals(
                "128.1.0.0/16",
                read(Replies.without(classB, Option.SUBNET_MASK)).subnet().toString());
    }

    @Test
    void everyFourOctetOptionWithAnotherLengthIsRefused() {
        for (int length = 0; length < 256; length++) {
            if (length != 4) {
                Octets wrong = Octets.of(new byte[length]);
                assertDropped(DropReason.BAD_OPTION_VALUE, Replies.with(ACK, Option.LEASE_TIME, wrong));
                assertDropped(DropReason.BAD_OPTION_VALUE, Replies.with(ACK, Option.SERVER_IDENTIFIER, wrong));
                assertDropped(DropReason.BAD_OPTION_VALUE, Replies.with(ACK, Option.SUBNET_MASK, wrong));
            }
        }
    }

    @Test
    void t1AndT2OfAWrongLengthAreAsIfTheyWereNotThere() throws MalformedPacketException {
        Message message = Replies.with(ACK, Option.RENEWAL_TIME, Octets.of(new byte[3]));
        assertEquals(read(ACK).times(), read(message).times());
    }

    @Test
    void masksWithHolesAndTheZeroMaskAreRefused() {
        for (int[] mask : new int[][] {{255, 0, 255, 0}, {0, 0, 0, 0}, {0, 0, 0, 255}, {255, 255, 255, 1}}) {
            Octets octets = Octets.of(Ipv4.of(mask[0], mask[1], mask[2], mask[3]));
            assertDropped(DropReason.BAD_OPTION_VALUE, Replies.with(ACK, Option.SUBNET_MASK, octets));
        }
    }

    @Test
    void addressesThatNoHostCanHaveAreRefused() {
        for (Ipv4 address : List.of(
                Ipv4.ANY,
                Ipv4.BROADCAST,
                Ipv4.of(127, 0, 0, 1),
                Ipv4.of(224, 0, 0, 1),
                Ipv4.of(240, 0, 0, 1),
                Ipv4.of(0, 1, 2, 3),
                Ipv4.of(192, 0, 2, 0),
                Ipv4.of(192, 0, 2, 255))) {
            assertDropped(DropReason.BAD_ADDRESS, Replies.message(MessageType.ACK, 1, address, Replies.SERVER, 60));
        }
    }

    @Test
    void pointToPointSubnetsHaveNoSpecialAddresses() throws MalformedPacketException {
        Message first = Replies.message(MessageType.ACK, 1, Ipv4.of(192, 0, 2, 0), Replies.SERVER, 60);
        for (Ipv4 mask : List.of(Ipv4.mask(31), Ipv4.mask(32))) {
            assertEquals(
                    Ipv4.of(192, 0, 2, 0),
                    read(Replies.with(first, Option.SUBNET_MASK, Octets.of(mask)))
                            .address());
        }
    }

    @Test
    void serversThatCannotBeHostsAreRefused() {
        for (Ipv4 server : List.of(Ipv4.ANY, Ipv4.BROADCAST, Ipv4.of(127, 0, 0, 1), Ipv4.of(239, 1, 1, 1))) {
            assertDropped(DropReason.NO_SERVER, Replies.with(ACK, Option.SERVER_IDENTIFIER, Octets.of(server)));
        }
        assertDropped(DropReason.NO_SERVER, Replies.without(ACK, Option.SERVER_IDENTIFIER));
    }

    @Test
    void whatWasNotAskedForIsLeftOut() throws MalformedPacketException {
        Message message = Replies.with(ACK, Option.INTERFACE_MTU, Octets.u16(1400));
        assertEquals(List.of(53, 54, 51, 1, 3, 6), read(message).options().codes());
    }
}
