package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.dhcpcanon.client.Replies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootFieldsTest {
    private static Octets ascii(String text) {
        return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] reply(String serverName, String file, Optional<Octets> overload) {
        Message ack = Replies.ack(1, 3600);
        Message message =
                overload.map(value -> Replies.with(ack, Option.OVERLOAD, value)).orElse(ack);
        byte[] bytes = MessageWriter.write(message, 300);
        put(bytes, MessageLayout.SERVER_NAME, serverName);
        put(bytes, MessageLayout.FILE, file);
        return bytes;
    }

    private static void put(byte[] bytes, int at, String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octets, 0, bytes, at, octets.length);
    }

    private static BootFields read(byte[] bytes) throws MalformedPacketException {
        return MessageReader.read(bytes, 0, bytes.length).boot();
    }

    @Test
    void theyEndWithTheFirstNul() throws MalformedPacketException {
        assertEquals(
                new BootFields(ascii("srv"), ascii("/f")), read(reply("srv\0junk", "/f\0\0junk", Optional.empty())));
        assertEquals(BootFields.NONE, read(reply("", "\0/f", Optional.empty())));
    }

    @Test
    void aFullFieldHasNoNul() throws MalformedPacketException {
        String name = "s".repeat(64);
        String file = "f".repeat(128);
        assertEquals(new BootFields(ascii(name), ascii(file)), read(reply(name, file, Optional.empty())));
    }

    /** RFC 2132 §9.3; an END at once, so that there is no option in it. */
    @ParameterizedTest
    @CsvSource({"1, srv, ''", "2, '', /f", "3, '', ''"})
    void aFieldThatHoldsOptionsSaysNothing(int overload, String serverName, String file)
            throws MalformedPacketException {
        byte[] bytes = reply("srv", "/f", Optional.of(Octets.u8(overload)));
        if ((overload & 1) != 0) {
            Arrays.fill(bytes, MessageLayout.FILE, MessageLayout.COOKIE, (byte) Options.END);
        }
        if ((overload & 2) != 0) {
            Arrays.fill(bytes, MessageLayout.SERVER_NAME, MessageLayout.FILE, (byte) Options.END);
        }
        assertEquals(new BootFields(ascii(serverName), ascii(file)), read(bytes));
    }
}
