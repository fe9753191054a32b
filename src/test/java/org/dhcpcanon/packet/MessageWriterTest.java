package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {
    private static Message message(Options options) {
        return new Message(
                Message.BOOTREPLY,
                0x89abcdef,
                0xfffe,
                0x8000,
                Ipv4.of(192, 0, 2, 1),
                Ipv4.of(192, 0, 2, 2),
                Ipv4.of(192, 0, 2, 3),
                Ipv4.of(192, 0, 2, 4),
                new MacAddress(0x0200_0000_0001L),
                options);
    }

    private static Options ack() {
        return Options.NONE.with(Option.DHCP_MESSAGE_TYPE, Octets.u8(MessageType.ACK.code()));
    }

    @Test
    void theBytesAreTheseExactly() {
        Options options = ack().with(Option.LEASE_TIME, Octets.u32(0xffff_ffffL));
        String expected = "02010600" + "89abcdef" + "fffe" + "8000" // op, htype, hlen, hops, xid, secs, flags
                + "c0000201" + "c0000202" + "c0000203" + "c0000204" // ciaddr, yiaddr, siaddr, giaddr
                + "020000000001" + "00".repeat(10) // chaddr
                + "00".repeat(64) + "00".repeat(128) // sname, file
                + "63825363" + "350105" + "3304ffffffff" + "ff" // cookie, 53, 51, END
                + "00".repeat(50);
        assertEquals(expected, HexFormat.of().formatHex(MessageWriter.write(message(options), 300)));
    }

    @Test
    void minimumLengthDoesNotCut() {
        assertEquals(244, MessageWriter.write(message(ack()), 0).length);
        assertEquals(548, MessageWriter.write(message(ack()), 548).length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 254, 255, 256, 510, 511, 1020, 5000})
    void longValueIsSplitAndJoinedAgain(int length) throws MalformedPacketException {
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) (i * 7);
        }
        Message message = message(ack().with(Option.DOMAIN_NAME, Octets.of(value)));
        byte[] bytes = MessageWriter.write(message, 0);
        int pieces = Math.max(1, (length + 254) / 255);
        assertEquals(244 + length + 2 * pieces, bytes.length);
        assertEquals(message, MessageReader.read(bytes, 0, bytes.length));
    }

    @Test
    void everyCodeAndAnyOrderSurvives() throws MalformedPacketException {
        Map<Integer, Octets> values = new LinkedHashMap<>();
        for (int code = 254; code > 0; code--) {
            values.put(code, Octets.u16(code * 200));
        }
        values.put(Option.DHCP_MESSAGE_TYPE.code(), Octets.u8(MessageType.OFFER.code()));
        values.put(Option.OVERLOAD.code(), Octets.u8(3));
        Message message = message(Options.of(values));
        byte[] bytes = MessageWriter.write(message, 0);
        assertEquals(message, MessageReader.read(bytes, 0, bytes.length));
    }

    @Test
    void payloadMayLieInsideABuffer() throws MalformedPacketException {
        byte[] bytes = MessageWriter.write(message(ack()), 300);
        byte[] buffer = new byte[500];
        Arrays.fill(buffer, (byte) 0xaa);
        System.arraycopy(bytes, 0, buffer, 42, bytes.length);
        assertEquals(message(ack()), MessageReader.read(buffer, 42, 42 + bytes.length));
    }
}
