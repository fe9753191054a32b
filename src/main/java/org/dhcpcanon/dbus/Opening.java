package org.dhcpcanon.dbus;

import java.io.IOException;
import java.util.Arrays;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.constants.Endian;

/** The first octets of a message, which say how many more there are. */
final class Opening {
    static final int LENGTH = 16;

    /** What precedes the length of the header fields, which belongs to them. */
    static final int FIXED = 12;

    /** What we hold of one message: the largest that we expect has a few kilobytes, and whoever sends must not choose our memory. */
    static final int LARGEST = 64 << 10;

    /** D-Bus specification, "Message Format": no message is longer. Beyond it, we have lost step. */
    private static final long LARGEST_OF_ALL = 128L << 20;

    private static final int BODY_LENGTH = 4;

    private final byte[] octets;
    private final long fields;
    private final long body;

    private Opening(byte[] octets, long fields, long body) {
        this.octets = octets;
        this.fields = fields;
        this.body = body;
    }

    /** @throws IOException if no message begins like this */
    static Opening of(byte[] octets) throws IOException {
        boolean order = octets[0] == Endian.LITTLE || octets[0] == Endian.BIG;
        if (!order || octets[3] != Message.PROTOCOL) {
            throw new IOException("a D-Bus message that cannot be: " + Arrays.toString(octets));
        }
        long fields = (length(octets, FIXED) + 7) & ~7L;
        long body = length(octets, BODY_LENGTH);
        if (LENGTH + fields + body > LARGEST_OF_ALL) {
            throw new IOException("a D-Bus message of more than " + LARGEST_OF_ALL + " octets");
        }
        return new Opening(octets, fields, body);
    }

    private static long length(byte[] octets, int offset) {
        return Message.demarshallint(octets, offset, octets[0], 4) & 0xffff_ffffL;
    }

    byte[] octets() {
        return octets;
    }

    /** Octets of the header fields, with padding. */
    long fields() {
        return fields;
    }

    /** Octets of the body. */
    long body() {
        return body;
    }

    boolean hasShortFields() {
        return LENGTH + fields <= LARGEST;
    }

    boolean isShort() {
        return LENGTH + fields + body <= LARGEST;
    }
}
