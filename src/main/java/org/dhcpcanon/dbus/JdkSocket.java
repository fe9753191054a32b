package org.dhcpcanon.dbus;

import java.io.EOFException;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.messages.constants.Endian;

/** Java's own socket. */
record JdkSocket(SocketChannel channel, MessageFactory messages) implements Socket {
    /** The answer is {@code OK} and 32 digits; D-Bus specification, "Authentication Protocol". */
    private static final int LONGEST_LINE = 1000;

    private static final String PREFIX = "unix:path=";

    /** Only addresses of the form {@code unix:path=...}, and of a list only the first. */
    static JdkSocket connect(String address) throws IOException {
        String first = address.split("[;,]", 2)[0];
        if (!first.startsWith(PREFIX)) {
            throw new IOException("cannot use D-Bus address " + first + ": expected " + PREFIX + "FILE");
        }
        try {
            // Escaped as in a URL, except that a plus sign is nothing special.
            String path =
                    URLDecoder.decode(first.substring(PREFIX.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
            byte order = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? Endian.BIG : Endian.LITTLE;
            return new JdkSocket(SocketChannel.open(UnixDomainSocketAddress.of(path)), new MessageFactory(order));
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot use D-Bus address " + first + ": " + e.getMessage(), e);
        }
    }

    /** EXTERNAL: the kernel tells the other side our uid, and we say the same. */
    @Override
    public void authenticate() throws IOException {
        String uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        StringBuilder digits = new StringBuilder();
        uid.chars().forEach(digit -> digits.append(Integer.toHexString(digit)));
        write("\0AUTH EXTERNAL " + digits + "\r\n");
        if (!line().startsWith("OK ")) {
            throw new NotAuthenticatedException("the other side of the D-Bus socket refuses our uid");
        }
        write("BEGIN\r\n");
    }

    private void write(String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    /** The other side says nothing before BEGIN, so that what comes in one piece is not more than the line. */
    private String line() throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(LONGEST_LINE);
        while (octets.position() == 0 || octets.get(octets.position() - 1) != '\n') {
            if (!octets.hasRemaining() || channel.read(octets) < 0) {
                throw new EOFException("the other side of the D-Bus socket does not answer to AUTH");
            }
        }
        return new String(octets.array(), 0, octets.position(), StandardCharsets.US_ASCII);
    }
}
