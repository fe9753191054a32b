package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static final String OFFER = "350102";

    /** A reply with these octets, in hexadecimal, in its three fields; spaces are for the eye. */
    private static byte[] reply(String options, String file, String serverName) {
        byte[] tail = bytes(options);
        ByteBuffer buffer = ByteBuffer.allocate(MessageLayout.OPTIONS + tail.length);
        buffer.put(0, (byte) Message.BOOTREPLY).put(1, (byte) 1).put(2, (byte) 6);
        buffer.put(MessageLayout.SERVER_NAME, bytes(serverName));
        buffer.put(MessageLayout.FILE, bytes(file));
        buffer.putInt(MessageLayout.COOKIE, MessageLayout.COOKIE_VALUE);
        buffer.put(MessageLayout.OPTIONS, tail);
        return buffer.array();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static Options read(String options, String file, String serverName) throws MalformedPacketException {
        byte[] reply = reply(options, file, serverName);
        return MessageReader.read(reply, 0, reply.length).options();
    }

    private static Options read(String options) throws MalformedPacketException {
        return read(options, "", "");
    }

    private static DropReason reason(byte[] reply) {
        return assertThrows(MalformedPacketException.class, () -> MessageReader.read(reply, 0, reply.length))
                .reason();
    }

    private static DropReason reason(String options, String file, String serverName) {
        return reason(reply(options, file, serverName));
    }

    private static String hex(Options options, int code) {
        return options.find(code).orElseThrow().toColonHex();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, NOT_A_REPLY",
        "0, 0, NOT_A_REPLY",
        "0, 3, NOT_A_REPLY",
        "1, 6, BAD_HARDWARE",
        "1, 0, BAD_HARDWARE",
        "2, 0, BAD_HARDWARE",
        "2, 16, BAD_HARDWARE",
        "2, 255, BAD_HARDWARE",
        "236, 0, NO_COOKIE",
        "239, 98, NO_COOKIE"
    })
    void headerThatIsNoServersIsDropped(int at, int value, DropReason expected) {
        byte[] reply = reply(OFFER + "ff", "", "");
        reply[at] = (byte) value;
        assertEquals(expected, reason(reply));
    }

    @Test
    void headerWithoutOptionsHasNoType() {
        assertEquals(DropReason.NO_MESSAGE_TYPE, reason("", "", ""));
        assertEquals(DropReason.NO_MESSAGE_TYPE, reason("ff", "", ""));
        assertEquals(DropReason.NO_MESSAGE_TYPE, reason("0000 00", "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3500",
                "35020202",
                "350102 350102",
                "350102 350105",
                "350100",
                "350101",
                "350103",
                "350104",
                "350107",
                "350108",
                "350109",
                "3501ff"
            })
    void messageTypeThatNoServerSendsIsDropped(String options) {
        assertEquals(DropReason.BAD_MESSAGE_TYPE, reason(options + "ff", "", ""));
    }

    @ParameterizedTest
    @CsvSource({"2, OFFER", "5, ACK", "6, NAK"})
    void messageTypesOfServersAreRead(int code, MessageType expected) throws MalformedPacketException {
        byte[] reply = reply("35010" + code + "ff", "", "");
        assertEquals(expected, MessageReader.read(reply, 0, reply.length).type());
    }

    @Test
    void anyMessageCanBeReadByTools() throws MalformedPacketException {
        byte[] discover = reply("350101 ff", "", "");
        discover[0] = 1;
        assertEquals(
                MessageType.DISCOVER,
                MessageReader.readAny(discover, 0, discover.length).type());
        byte[] bootp = reply("ff", "", "");
        assertEquals(
                List.of(),
                MessageReader.readAny(bootp, 0, bootp.length).options().codes());
        for (String type : List.of("", "3500", "35020101", "350100", "350108")) {
            byte[] broken = reply(type + "ff", "", "");
            assertThrows(
                    IllegalStateException.class,
                    () -> MessageReader.readAny(broken, 0, broken.length).type());
        }
    }

    @Test
    void messageInsideABufferMayBeTooShort() {
        byte[] buffer = new byte[600];
        byte[] reply = reply(OFFER + "ff", "", "");
        System.arraycopy(reply, 0, buffer, 300, reply.length);
        MalformedPacketException thrown =
                assertThrows(MalformedPacketException.class, () -> MessageReader.read(buffer, 300, 300 + 239));
        assertEquals(DropReason.TRUNCATED, thrown.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "0104", "0104ffffff", "01ff", "35", "3502 02"})
    void optionThatOverrunsItsFieldIsDropped(String tail) {
        assertEquals(DropReason.BAD_OPTION_LENGTH, reason(OFFER + tail, "", ""));
    }

    @Test
    void octetsBehindEndAreNotRead() throws MalformedPacketException {
        assertEquals(List.of(53), read(OFFER + "ff 0104 ff").codes());
    }

    @Test
    void missingEndIsToleratedIfTheOptionsEndExactly() throws MalformedPacketException {
        assertEquals(List.of(53, 1), read(OFFER + "0104ffffff00").codes());
    }

    @Test
    void padHasNoLength() throws MalformedPacketException {
        assertEquals(
                List.of(53, 3), read("00 00" + OFFER + "00 0304c0000201 00 ff").codes());
    }

    @Test
    void emptyOptionIsKeptAndAdvances() throws MalformedPacketException {
        Options options = read(OFFER + "5000 0000 5000 ff");
        assertEquals(List.of(53, 80), options.codes());
        assertEquals(Octets.EMPTY, options.find(80).orElseThrow());
        assertEquals(List.of(53, 80), read(OFFER + "5000").codes());
    }

    @Test
    void theOrderIsPartOfTheOptions() throws MalformedPacketException {
        assertEquals(read(OFFER + "0600 0100 ff"), read(OFFER + "0600 00 0100 ff"));
        assertNotEquals(read(OFFER + "0600 0100 ff"), read(OFFER + "0100 0600 ff"));
        assertNotEquals(read(OFFER + "0600 ff"), read(OFFER + "0601 01 ff"));
    }

    @Test
    void orderOfTheWireIsKept() throws MalformedPacketException {
        assertEquals(
                List.of(6, 53, 1, 254),
                read("0600" + OFFER + "0100 fe00 0600 ff").codes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"340100", "340104", "3401ff", "3400", "34020101", "340101 340101", "340101 340102"})
    void overloadOfWrongLengthOrValueIsDropped(String overload) {
        assertEquals(DropReason.BAD_OVERLOAD, reason(OFFER + overload + "ff", "ff", "ff"));
    }

    @ParameterizedTest
    @CsvSource({"1, 340101ff, ''", "1, 340102ff, ''", "2, '', 340101ff", "3, ff, 340103ff", "3, 340103ff, ff"})
    void overloadInsideAnOverloadedFieldIsDropped(int overload, String file, String serverName) {
        assertEquals(DropReason.BAD_OVERLOAD, reason(OFFER + "34010" + overload + "ff", file, serverName));
    }

    @ParameterizedTest
    @CsvSource({"1, 53 52 6", "2, 53 52 15", "3, 53 52 6 15"})
    void onlyOverloadedFieldsAreRead(int overload, String expected) throws MalformedPacketException {
        Options options = read(OFFER + "34010" + overload + "ff", "0604c0000201 ff", "0f01 61 ff");
        String codes = options.codes().toString().replaceAll("[\\[\\],]", "");
        assertEquals(expected, codes);
    }

    @Test
    void fieldsAreTextIfNothingIsOverloaded() throws MalformedPacketException {
        assertEquals(List.of(53), read(OFFER + "ff", "0604c0000201 ff", "01").codes());
    }

    @Test
    void messageTypeMayStandInAnOverloadedField() throws MalformedPacketException {
        assertEquals(List.of(52, 53), read("340101 ff", OFFER + "ff", "").codes());
        assertEquals(DropReason.BAD_MESSAGE_TYPE, reason(OFFER + "340101 ff", OFFER + "ff", ""));
    }

    @Test
    void optionDoesNotRunFromOneFieldIntoTheNext() {
        String almostFull = "3b7c" + "00".repeat(124);
        assertEquals(DropReason.BAD_OPTION_LENGTH, reason(OFFER + "340101 ff", almostFull + "0604", ""));
        assertEquals(DropReason.BAD_OPTION_LENGTH, reason(OFFER + "340102 ff", "", "0f3f" + "61".repeat(62)));
    }

    @Test
    void fieldFullToTheLastOctetIsRead() throws MalformedPacketException {
        Options options = read(OFFER + "340103 ff", "3b7e" + "00".repeat(126), "0f3e" + "61".repeat(62));
        assertEquals(126, options.find(59).orElseThrow().length());
        assertEquals(62, options.find(15).orElseThrow().length());
    }

    @Test
    void piecesAreJoinedAcrossFileAndServerName() throws MalformedPacketException {
        Options options = read(OFFER + "2b0101 0600 2b0102 340103 ff", "2b0103 ff", "2b020405 ff");
        assertEquals("01:02:03:04:05", hex(options, 43));
        assertEquals(List.of(53, 43, 6, 52), options.codes());
    }

    @Test
    void addressSplitIntoFourPiecesIsOneAddress() throws MalformedPacketException {
        Options options = read(OFFER + "3601c0 360100 360102 360101 ff");
        assertEquals(
                "192.0.2.1",
                Option.SERVER_IDENTIFIER.text(options.find(54).orElseThrow()).orElseThrow());
    }
}
