package org.dhcpcanon.packet;

/** Reads a DHCP payload: header, cookie, options with overload and split options joined. (Skeleton.) */
public final class MessageReader {
    private MessageReader() {}

    /**
     * Reads a server's message.
     *
     * @param bytes holds the UDP payload in {@code from} (inclusive) .. {@code to} (exclusive)
     * @throws MalformedPacketException with the reason; never anything else, whatever the bytes are
     */
    public static Message read(byte[] bytes, int from, int to) throws MalformedPacketException {
        if (from <= to) {
            throw new MalformedPacketException(DropReason.TRUNCATED);
        }
        throw new IllegalArgumentException("from is after to");
    }
}
