package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpFrameTest {
    private static final IpHeader HEADER = new IpHeader(64, 0, true, 0);
    private static final int IP = 14;
    private static final int UDP = 34;

    private static UdpFrame frame(int... payload) {
        byte[] octets = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            octets[i] = (byte) payload[i];
        }
        return new UdpFrame(
                MacAddress.BROADCAST,
                new MacAddress(0x0200_0000_0001L),
                Ipv4.of(192, 0, 2, 1),
                Ipv4.BROADCAST,
                67,
                68,
                Octets.of(octets));
    }

    private static byte[] withIp(int offset, int... octets) {
        return repaired(patched(frame(1, 2, 3, 4).bytes(HEADER), IP + offset, octets));
    }

    private static byte[] patched(byte[] frame, int at, int... octets) {
        for (int i = 0; i < octets.length; i++) {
            frame[at + i] = (byte) octets[i];
        }
        return frame;
    }

    /** A right header checksum, so that the check behind it is the one that is tested. */
    private static byte[] repaired(byte[] frame) {
        int end = Math.min(frame.length, IP + Math.max(5, frame[IP] & 0xf) * 4);
        patched(frame, IP + 10, 0, 0);
        int checksum = Checksum.of(frame, IP, end);
        return patched(frame, IP + 10, checksum >>> 8, checksum);
    }

    private static DropReason reason(byte[] frame) {
        return assertThrows(MalformedPacketException.class, () -> UdpFrame.parse(frame, frame.length, true))
                .reason();
    }

    @Test
    void whatIsBuiltIsReadBack() throws MalformedPacketException {
        UdpFrame frame = frame(1, 2, 3);
        byte[] bytes = frame.bytes(HEADER);
        assertEquals(frame, UdpFrame.parse(bytes, bytes.length, true));
    }

    @Test
    void aDatagramMayBeEmpty() throws MalformedPacketException {
        byte[] bytes = frame().bytes(HEADER);
        assertEquals(frame(), UdpFrame.parse(bytes, bytes.length, true));
    }

    @Test
    void theBytesAreTheseExactly() {
        String expected = "ffffffffffff" + "020000000001" + "0800" // Ethernet
                + "45000020" + "00004000" + "401178cc" + "c0000201" + "ffffffff" // IPv4: DF, TTL 64, UDP
                + "00430044" + "000c3948" + "01020304"; // UDP
        assertEquals(expected, HexFormat.of().formatHex(frame(1, 2, 3, 4).bytes(HEADER)));
    }

    @Test
    void headerFieldsOfTheProfileAreOnTheWire() {
        byte[] bytes = frame().bytes(new IpHeader(128, 0x10, false, 0xabcd));
        assertEquals("4510001cabcd00008011", HexFormat.of().formatHex(bytes, IP, IP + 10));
    }

    @Test
    void checksumThatSumsToZeroIsSentAsOnes() throws MalformedPacketException {
        int free = udpChecksum(frame(0, 0));
        UdpFrame frame = frame(free >>> 8, free & 0xff);
        assertEquals(0xffff, udpChecksum(frame));
        byte[] bytes = frame.bytes(HEADER);
        assertEquals(frame, UdpFrame.parse(bytes, bytes.length, true));
    }

    private static int udpChecksum(UdpFrame frame) {
        return Octets.of(frame.bytes(HEADER)).u16At(UDP + 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void wrongUdpChecksumIsDropped(int index) {
        byte[] bytes = patched(frame(69, 70, 71).bytes(HEADER), UDP + 8 + index, 200);
        assertEquals(DropReason.BAD_UDP_CHECKSUM, reason(bytes));
    }

    @Test
    void udpChecksumThatTheKernelHasNotFilledInIsNotVerified() throws MalformedPacketException {
        byte[] bytes = patched(frame(1, 2, 3).bytes(HEADER), UDP + 6, 0x12, 0x34);
        assertEquals(frame(1, 2, 3), UdpFrame.parse(bytes, bytes.length, false));
        assertEquals(DropReason.BAD_UDP_CHECKSUM, reason(bytes));
    }

    @Test
    void senderWithoutUdpChecksumIsHeard() throws MalformedPacketException {
        byte[] bytes = patched(frame(1, 2, 3).bytes(HEADER), UDP + 6, 0, 0);
        assertEquals(frame(1, 2, 3), UdpFrame.parse(bytes, bytes.length, true));
    }

    @Test
    void wrongHeaderChecksumIsDroppedEvenIfUdpIsNotReady() {
        byte[] bytes = patched(frame(1).bytes(HEADER), IP + 10, 0, 0);
        assertEquals(DropReason.BAD_IP_CHECKSUM, reason(bytes));
    }

    @Test
    void ethernetPaddingIsNotPayload() throws MalformedPacketException {
        byte[] bytes = Arrays.copyOf(frame(1, 2).bytes(HEADER), 60);
        assertEquals(
                Octets.of((byte) 1, (byte) 2), UdpFrame.parse(bytes, 60, true).payload());
    }

    @Test
    void ipOptionsAreSkipped() throws MalformedPacketException {
        byte[] plain = frame(7).bytes(HEADER);
        byte[] bytes = new byte[plain.length + 4];
        System.arraycopy(plain, 0, bytes, 0, UDP);
        System.arraycopy(plain, UDP, bytes, UDP + 4, plain.length - UDP);
        patched(bytes, IP, 0x46);
        patched(bytes, IP + 2, 0, plain.length - IP + 4);
        patched(bytes, UDP, 1, 1, 1, 0);
        assertEquals(frame(7), UdpFrame.parse(repaired(bytes), bytes.length, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 6, 15})
    void wrongVersionIsDropped(int version) {
        assertEquals(DropReason.BAD_IP_HEADER, reason(withIp(0, version << 4 | 5)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x21, 0x3f})
    void fragmentIsDropped(int flagsAndOffset) {
        assertEquals(DropReason.FRAGMENT, reason(withIp(6, flagsAndOffset, 0)));
    }

    @Test
    void lastFragmentIsDropped() {
        assertEquals(DropReason.FRAGMENT, reason(withIp(6, 0, 1)));
    }

    @Test
    void otherProtocolAndPortAreNotForUs() {
        assertEquals(DropReason.NOT_DHCP, reason(withIp(9, 6)));
        assertEquals(DropReason.NOT_DHCP, reason(patched(frame(1).bytes(HEADER), UDP + 2, 0, 67)));
    }

    @Test
    void otherEtherTypeIsNotForUs() {
        assertEquals(DropReason.NOT_IPV4, reason(patched(frame(1).bytes(HEADER), 12, 0x86, 0xdd)));
    }

    /** CVE-2015-8605: lengths that disagree with each other or with the frame. */
    @ParameterizedTest
    @CsvSource({
        "0, BAD_IP_HEADER",
        "7, BAD_IP_HEADER",
        "19, BAD_IP_HEADER",
        "20, BAD_UDP_LENGTH",
        "27, BAD_UDP_LENGTH",
        "28, BAD_UDP_LENGTH",
        "31, BAD_UDP_LENGTH",
        "33, TRUNCATED",
        "65535, TRUNCATED"
    })
    void ipLengthThatDoesNotFitIsDropped(int length, DropReason expected) {
        assertEquals(expected, reason(withIp(2, length >>> 8, length)));
    }

    /** Nothing behind the IPv4 header may be read, as there is nothing. */
    @Test
    void frameThatEndsWithTheIpHeaderIsDropped() {
        assertEquals(DropReason.BAD_UDP_LENGTH, reason(Arrays.copyOf(withIp(2, 0, 20), UDP)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 13, 65535})
    void udpLengthThatDoesNotFitIsDropped(int length) {
        byte[] bytes = patched(frame(1, 2, 3, 4).bytes(HEADER), UDP + 4, length >>> 8, length);
        assertEquals(DropReason.BAD_UDP_LENGTH, reason(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "0, BAD_IP_HEADER",
        "1, BAD_IP_HEADER",
        "4, BAD_IP_HEADER",
        "9, BAD_IP_HEADER",
        "15, BAD_IP_HEADER",
    })
    void headerLengthThatDoesNotFitIsDropped(int words, DropReason expected) {
        assertEquals(expected, reason(withIp(0, 0x40 | words)));
    }

    @Test
    void frameThatWasCutOffIsDropped() {
        byte[] bytes = frame(1, 2, 3).bytes(HEADER);
        MalformedPacketException thrown =
                assertThrows(MalformedPacketException.class, () -> UdpFrame.parse(bytes, bytes.length + 1, true));
        assertEquals(DropReason.TRUNCATED, thrown.reason());
        for (int length = 0; length < bytes.length; length++) {
            assertEquals(DropReason.TRUNCATED, reason(Arrays.copyOf(bytes, length)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true", "65535, true", "-1, false", "65536, false"})
    void aPortIsSixteenBits(int port, boolean possible) {
        assertEquals(possible, canBeBuilt(port, 68, 0));
        assertEquals(possible, canBeBuilt(67, port, 0));
    }

    @Test
    void theLargestPayloadFillsTheDatagram() {
        assertTrue(canBeBuilt(67, 68, 65507));
        assertFalse(canBeBuilt(67, 68, 65508));
    }

    private static boolean canBeBuilt(int source, int destination, int length) {
        Octets payload = Octets.of(new byte[length]);
        try {
            new UdpFrame(MacAddress.ZERO, MacAddress.ZERO, Ipv4.ANY, Ipv4.ANY, source, destination, payload);
            return true;
        } catch (IllegalArgumentException expected) {
            return false;
        }
    }
}
