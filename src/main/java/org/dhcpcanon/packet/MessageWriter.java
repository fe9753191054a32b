package org.dhcpcanon.packet;

import java.nio.ByteBuffer;

/** Writes a DHCP payload. */
public final class MessageWriter {
    private static final int LONGEST_PIECE = 255;

    private MessageWriter() {}

    /**
     * The payload of a message: options in the order they have, END, then zeros.
     *
     * <p>A value of more than 255 octets is written in pieces, RFC 3396 §4. Every octet that the message says nothing about
     * (hops, the rest of chaddr, sname, file) is zero.
     *
     * @param minimumLength the payload is padded to this many octets
     */
    public static byte[] write(Message message, int minimumLength) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(length(message), minimumLength));
        putHeader(buffer, message);
        buffer.position(MessageLayout.OPTIONS);
        message.options().asMap().forEach((code, value) -> putOption(buffer, code, value));
        buffer.put((byte) Options.END);
        return buffer.array();
    }

    /** The octets of a payload without padding: header, options, END. */
    public static int length(Message message) {
        return MessageLayout.OPTIONS + optionsLength(message.options()) + 1;
    }

    private static int optionsLength(Options options) {
        return options.asMap().values().stream()
                .mapToInt(value -> value.length() + 2 * pieces(value))
                .sum();
    }

    /** An empty value is one empty piece. */
    private static int pieces(Octets value) {
        return Math.max(1, (value.length() + LONGEST_PIECE - 1) / LONGEST_PIECE);
    }

    private static void putHeader(ByteBuffer buffer, Message message) {
        buffer.put(MessageLayout.OPERATION, (byte) message.operation());
        buffer.put(MessageLayout.HARDWARE_TYPE, (byte) MessageLayout.ETHERNET);
        buffer.put(MessageLayout.HARDWARE_LENGTH, (byte) MacAddress.LENGTH);
        buffer.putInt(MessageLayout.TRANSACTION_ID, message.transactionId());
        buffer.putShort(MessageLayout.SECONDS, (short) message.seconds());
        buffer.putShort(MessageLayout.FLAGS, (short) message.flags());
        buffer.putInt(MessageLayout.CLIENT_ADDRESS, message.clientAddress().bits());
        buffer.putInt(MessageLayout.YOUR_ADDRESS, message.yourAddress().bits());
        buffer.putInt(MessageLayout.NEXT_SERVER, message.nextServer().bits());
        buffer.putInt(MessageLayout.RELAY_ADDRESS, message.relayAddress().bits());
        buffer.put(MessageLayout.HARDWARE, message.hardware().octets());
        buffer.putInt(MessageLayout.COOKIE, MessageLayout.COOKIE_VALUE);
    }

    private static void putOption(ByteBuffer buffer, int code, Octets value) {
        for (int piece = 0; piece < pieces(value); piece++) {
            int from = piece * LONGEST_PIECE;
            int to = Math.min(value.length(), from + LONGEST_PIECE);
            buffer.put((byte) code).put((byte) (to - from));
            buffer.put(value.slice(from, to).toArray());
        }
    }
}
