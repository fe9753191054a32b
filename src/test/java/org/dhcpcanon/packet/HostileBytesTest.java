package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are: a message or a reason, never another exception, and texts only of printable ASCII. */
class HostileBytesTest {
    private final Map<DropReason, Integer> reasons = new EnumMap<>(DropReason.class);
    private int messages;
    private int frames;

    static Stream<Fixture> packets() {
        return Fixture.all();
    }

    private void readMessage(byte[] payload, int length) {
        try {
            Message message = MessageReader.read(payload, 0, length);
            message.type();
            message.options().asMap().forEach(HostileBytesTest::checkText);
            messages++;
        } catch (MalformedPacketException expected) {
            reasons.merge(expected.reason(), 1, Integer::sum);
        }
    }

    private static void checkText(int code, Octets value) {
        String text = Option.text(code, value).orElse("");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                throw new AssertionError("option " + code + " has " + (int) c + " in its text");
            }
        }
    }

    private void readFrame(byte[] frame, int length, boolean checksumReady) {
        try {
            byte[] payload =
                    UdpFrame.parse(frame, length, checksumReady).payload().toArray();
            readMessage(payload, payload.length);
        } catch (MalformedPacketException expected) {
            reasons.merge(expected.reason(), 1, Integer::sum);
        }
    }

    private void parseFrame(byte[] frame, boolean checksumReady) {
        try {
            UdpFrame.parse(frame, frame.length, checksumReady);
            frames++;
        } catch (MalformedPacketException expected) {
            reasons.merge(expected.reason(), 1, Integer::sum);
        }
    }

    @ParameterizedTest
    @MethodSource("packets")
    void everyPrefixOfAFrameIsTruncated(Fixture packet) throws MalformedPacketException {
        byte[] frame = packet.frame();
        int datagram = 14 + Octets.of(frame).u16At(16);
        for (int length = 0; length < datagram; length++) {
            readFrame(Arrays.copyOf(frame, length), length, packet.checksumReady());
        }
        assertEquals(Map.of(DropReason.TRUNCATED, datagram), reasons);
        assertEquals(0, messages);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void everyPrefixOfAMessageEndsInAReasonOrAMessage(Fixture packet) throws MalformedPacketException {
        byte[] payload = packet.payload();
        for (int length = 0; length <= payload.length; length++) {
            readMessage(Arrays.copyOf(payload, length), length);
        }
        assertEquals(MessageLayout.OPTIONS, reasons.get(DropReason.TRUNCATED));
        assertTrue(messages > 0);
    }

    /** The octets behind {@code to} are not read: not even if they would make sense. */
    @ParameterizedTest
    @MethodSource("packets")
    void prefixInsideALongerBufferIsReadAlike(Fixture packet) throws MalformedPacketException {
        byte[] payload = packet.payload();
        for (int length = 0; length <= payload.length; length++) {
            int end = length;
            byte[] copy = Arrays.copyOf(payload, length);
            assertEquals(outcome(copy, end), outcome(payload, end));
        }
    }

    private static Object outcome(byte[] payload, int to) {
        try {
            return MessageReader.read(payload, 0, to);
        } catch (MalformedPacketException expected) {
            return expected.reason();
        }
    }

    @ParameterizedTest
    @MethodSource("packets")
    @Tag("long")
    void everyChangeOfOneByteOfAMessageEndsInAReasonOrAMessage(Fixture packet) throws MalformedPacketException {
        byte[] payload = packet.payload();
        for (int at = 0; at < payload.length; at++) {
            byte original = payload[at];
            for (int value = 0; value < 256; value++) {
                payload[at] = (byte) value;
                readMessage(payload, payload.length);
            }
            payload[at] = original;
        }
        assertEquals(256 * payload.length, messages + sumOfReasons());
        assertEquals(255, reasons.get(DropReason.NOT_A_REPLY));
        assertEquals(2 * 255, reasons.get(DropReason.BAD_HARDWARE));
        assertEquals(4 * 255, reasons.get(DropReason.NO_COOKIE));
    }

    private int sumOfReasons() {
        return reasons.values().stream().mapToInt(Integer::intValue).sum();
    }

    @ParameterizedTest
    @MethodSource("packets")
    @Tag("long")
    void everyChangeOfOneByteOfAFrameEndsInAReasonOrADatagram(Fixture packet) {
        byte[] frame = packet.frame();
        for (int at = 0; at < frame.length; at++) {
            byte original = frame[at];
            for (int value = 0; value < 256; value++) {
                frame[at] = (byte) value;
                parseFrame(frame, packet.checksumReady());
            }
            frame[at] = original;
        }
        assertEquals(256 * frame.length, frames + sumOfReasons());
        assertEquals(2 * 255, reasons.get(DropReason.NOT_IPV4));
    }

    @Test
    void everyChangeOfOneByteIsNoticedByTheChecksums() throws MalformedPacketException {
        Fixture packet = Fixture.named("kea-ack");
        byte[] frame = packet.frame();
        int udpChecksum = 40;
        for (int at = 26; at < frame.length; at++) {
            if (at != udpChecksum && at != udpChecksum + 1) {
                byte original = frame[at];
                frame[at] ^= 0x41;
                assertThrows(MalformedPacketException.class, () -> UdpFrame.parse(frame, frame.length, true));
                frame[at] = original;
            }
        }
        assertEquals(packet.parsed(), UdpFrame.parse(frame, frame.length, true));
    }

    @Test
    @Tag("long")
    void randomOptionsEndInAReasonOrAMessage() throws MalformedPacketException {
        byte[] start = Arrays.copyOf(Fixture.named("hand-nak").payload(), MessageLayout.OPTIONS + 3);
        SplittableRandom random = new SplittableRandom(20261122);
        for (int round = 0; round < 100_000; round++) {
            byte[] tail = new byte[random.nextInt(400)];
            random.nextBytes(tail);
            // Mostly short options, so that many of them fit.
            for (int at = 1; at < tail.length && round % 2 == 0; at += 1 + random.nextInt(9)) {
                tail[at] = (byte) random.nextInt(9);
            }
            byte[] payload = Arrays.copyOf(start, start.length + tail.length);
            System.arraycopy(tail, 0, payload, start.length, tail.length);
            readMessage(payload, payload.length);
        }
        assertTrue(messages > 1000 && reasons.getOrDefault(DropReason.BAD_OPTION_LENGTH, 0) > 1000);
    }

    @Test
    @Tag("long")
    void randomBytesAreNoFrame() {
        SplittableRandom random = new SplittableRandom(844);
        for (int round = 0; round < 100_000; round++) {
            byte[] frame = new byte[random.nextInt(600)];
            random.nextBytes(frame);
            if (frame.length > 14) {
                frame[12] = 8;
                frame[13] = 0;
                frame[14] = 0x45;
            }
            readFrame(frame, frame.length, false);
        }
        assertEquals(100_000, sumOfReasons());
    }

    @Test
    void largestDatagramOfTheSmallestOptionsIsReadAtOnce() {
        byte[] payload = Arrays.copyOf(
                MessageWriter.write(
                        new Message(
                                Message.BOOTREPLY,
                                1,
                                0,
                                0,
                                Ipv4.ANY,
                                Ipv4.ANY,
                                Ipv4.ANY,
                                Ipv4.ANY,
                                MacAddress.ZERO,
                                Options.NONE.with(Option.DHCP_MESSAGE_TYPE, Octets.u8(MessageType.ACK.code()))),
                        0),
                65507);
        for (int at = 243; at < payload.length - 3; at += 3) {
            payload[at] = 119;
            payload[at + 1] = 1;
            payload[at + 2] = (byte) (at % 2 == 0 ? 0xc0 : at / 3);
        }
        assertTimeout(Duration.ofSeconds(1), () -> readMessage(payload, payload.length));
        assertEquals(1, messages);
    }
}
