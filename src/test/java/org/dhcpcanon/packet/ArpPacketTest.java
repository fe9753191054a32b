package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArpPacketTest {
    private static final MacAddress OWN = new MacAddress(0x0200_0000_0001L);
    private static final Ipv4 ADDRESS = Ipv4.of(192, 0, 2, 77);

    @Test
    void probeDoesNotClaimTheAddress() {
        String expected = "ffffffffffff" + "020000000001" + "0806" // Ethernet
                + "0001" + "0800" + "06" + "04" + "0001" // a request about IPv4 over Ethernet
                + "020000000001" + "00000000" + "000000000000" + "c000024d";
        assertEquals(
                expected, HexFormat.of().formatHex(ArpPacket.probe(OWN, ADDRESS).bytes()));
    }

    @Test
    void announcementNamesTheAddressTwice() {
        byte[] bytes = ArpPacket.announcement(OWN, ADDRESS).bytes();
        assertEquals("020000000001c000024d000000000000c000024d", HexFormat.of().formatHex(bytes, 22, 42));
    }

    @Test
    void replyIsReadBackAndGoesToItsTarget() throws MalformedPacketException {
        ArpPacket reply = new ArpPacket(ArpPacket.REPLY, OWN, ADDRESS, new MacAddress(0x0200_0000_0002L), Ipv4.ANY);
        byte[] frame = Arrays.copyOf(reply.bytes(), 60);
        assertEquals(reply, ArpPacket.parse(frame, frame.length));
        assertEquals("020000000002", HexFormat.of().formatHex(frame, 0, 6));
    }

    @ParameterizedTest
    @CsvSource({"13, NOT_IPV4", "15, BAD_ARP", "17, BAD_ARP", "18, BAD_ARP", "19, BAD_ARP", "20, BAD_ARP", "21, BAD_ARP"
    })
    void otherHardwareProtocolOrOperationIsDropped(int at, DropReason expected) {
        byte[] frame = ArpPacket.probe(OWN, ADDRESS).bytes();
        frame[at] = (byte) 0x99;
        assertEquals(expected, reason(frame, frame.length));
    }

    @Test
    void everyPrefixIsTruncated() {
        byte[] frame = ArpPacket.probe(OWN, ADDRESS).bytes();
        for (int length = 0; length < frame.length; length++) {
            assertEquals(DropReason.TRUNCATED, reason(Arrays.copyOf(frame, length), length));
        }
        assertEquals(DropReason.TRUNCATED, reason(frame, frame.length + 1));
    }

    private static DropReason reason(byte[] frame, int length) {
        return assertThrows(MalformedPacketException.class, () -> ArpPacket.parse(frame, length))
                .reason();
    }
}
