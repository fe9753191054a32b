package org.dhcpcanon.dbus;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.constants.Endian;

/** Reads what a message brings. An array of octets takes many times its length then, so it is not done before somebody asks. */
final class Arguments {
    private Arguments() {}

    /** The library knows many ways to fail on arguments that it cannot take, index errors among them. */
    static List<Object> of(Message message) throws BadArgumentsException {
        try {
            Object[] values = message.getParameters();
            return values == null ? List.of() : List.of(values);
        } catch (DBusException | RuntimeException e) {
            throw new BadArgumentsException("arguments that cannot be read");
        }
    }

    static List<String> leadingTexts(Message message, int count) throws BadArgumentsException {
        byte[][] pieces = message.getWireData();
        ByteBuffer body = ByteBuffer.wrap(pieces[2]);
        body.order(pieces[0][0] == Endian.BIG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        try {
            List<String> texts = new ArrayList<>();
            while (texts.size() < count) {
                texts.add(text(body));
            }
            return texts;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new BadArgumentsException("arguments that cannot be read");
        }
    }

    /** D-Bus specification, "Marshalling": aligned to four octets; the length, which does not count the NUL at the end. */
    private static String text(ByteBuffer body) {
        body.position((body.position() + 3) & ~3);
        int length = body.getInt();
        String text = StandardCharsets.UTF_8
                .decode(body.slice(body.position(), length))
                .toString();
        body.position(body.position() + length + 1);
        return text;
    }
}
