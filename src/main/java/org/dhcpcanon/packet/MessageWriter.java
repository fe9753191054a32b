package org.dhcpcanon.packet;

/** Writes a DHCP payload. (Skeleton.) */
public final class MessageWriter {
    private MessageWriter() {}

    /**
     * The payload of a message: options in the order they have, END, then zeros.
     *
     * @param minimumLength the payload is padded to this many octets
     */
    public static byte[] write(Message message, int minimumLength) {
        throw new UnsupportedOperationException("not written yet");
    }
}
