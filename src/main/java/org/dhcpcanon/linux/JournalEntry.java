package org.dhcpcanon.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One entry for systemd-journald in its native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL): fields, in UTF-8. */
final class JournalEntry {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /**
     * Adds a field.
     *
     * @param name of capital letters, digits and underscores, beginning with a letter; journald drops others
     */
    void put(String name, String value) {
        bytes.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        if (value.indexOf('\n') < 0) {
            bytes.write('=');
        } else {
            // A line break ends a value whose length is not told.
            bytes.write('\n');
            bytes.writeBytes(length(data.length));
        }
        bytes.writeBytes(data);
        bytes.write('\n');
    }

    private static byte[] length(long length) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
    }

    byte[] datagram() {
        return bytes.toByteArray();
    }
}
