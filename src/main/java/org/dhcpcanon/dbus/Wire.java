package org.dhcpcanon.dbus;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.connections.BusAddress;
import org.freedesktop.dbus.connections.SASL;
import org.freedesktop.dbus.connections.config.TransportConfig;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.TransportConfigurationException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.messages.constants.Endian;
import org.freedesktop.dbus.transport.jnr.JnrUnixSocketTransportProvider;
import org.freedesktop.dbus.transport.jnr.UnixSocketTransport;
import org.tinylog.Logger;

/**
 * One socket with D-Bus messages on it. One thread reads, any thread writes.
 *
 * <p>The transport's own reader is not used: it gives up for good on a length that makes no sense, and it lets the sender choose
 * how much memory we allocate. File descriptors are not negotiated, so a peer has no way to send us one.
 */
final class Wire {
    /** What we are willing to hold of one message; the largest that we expect has a few kilobytes. */
    private static final int LARGEST = 4 << 20;

    private static final int FIXED_HEADER = 16;
    private static final int FIELDS_LENGTH_OFFSET = 12;

    private final AbstractTransport transport;
    private final SocketChannel channel;

    /** Guards {@link #closed}: a closed descriptor's number soon belongs to somebody else's file. */
    private final Object life = new Object();

    private boolean closed;

    private Wire(AbstractTransport transport, SocketChannel channel) {
        this.transport = transport;
        this.channel = channel;
    }

    /** Connects; the kernel answers at once. Only addresses of the form {@code unix:...}, and of a list only the first. */
    static Wire connect(String address) throws IOException {
        String first = address.split(";", 2)[0];
        try {
            BusAddress parsed = BusAddress.of(first);
            if (!parsed.isBusType("unix") || parsed.isListeningSocket()) {
                throw new IOException("not the address of a Unix socket: " + first);
            }
            UnixSocketTransport transport = (UnixSocketTransport)
                    new JnrUnixSocketTransportProvider().createTransport(parsed, new TransportConfig(parsed));
            return new Wire(transport, transport.connectImpl());
        } catch (TransportConfigurationException | RuntimeException e) {
            throw new IOException("cannot use D-Bus address " + first + ": " + e.getMessage(), e);
        }
    }

    /**
     * Tells the other side who we are: by uid, which it asks of the kernel.
     *
     * @param patience how long the other side may take
     */
    void authenticate(Duration patience) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> watchdog = done.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((nothing, late) -> {
                    if (late != null) {
                        shutdown();
                    }
                });
        try {
            transport.getTransportConfig().getSaslConfig().setFileDescriptorSupport(false);
            if (!new SASL(transport.getTransportConfig().getSaslConfig()).auth(channel, transport)) {
                throw new NotAuthenticatedException("the other side of the D-Bus socket refuses our uid");
            }
        } catch (RuntimeException e) {
            throw new IOException("no D-Bus authentication: " + e.getMessage(), e);
        } finally {
            done.complete(null);
            if (watchdog.isCompletedExceptionally()) {
                Logger.debug("D-Bus authentication took longer than {}", patience);
            }
        }
    }

    MessageFactory messages() {
        return transport.getMessageFactory();
    }

    /**
     * The next message. One that cannot be understood is skipped: its sender is unknown, so nobody can be told.
     *
     * @throws IOException if there is nothing more, or the stream of messages is out of step
     */
    Message read() throws IOException {
        while (true) {
            byte[] head = octets(FIXED_HEADER);
            int fields = padded(length(head, FIELDS_LENGTH_OFFSET));
            int body = length(head, 4);
            if (head[3] != Message.PROTOCOL || fields + body > LARGEST) {
                throw new IOException("a D-Bus message that cannot be: " + Arrays.toString(head));
            }
            byte[] header = new byte[8 + fields];
            System.arraycopy(head, FIELDS_LENGTH_OFFSET, header, 0, 4);
            fill(header, 8);
            byte[] content = octets(body);
            Optional<Message> message = parse(head, header, content);
            if (message.isPresent()) {
                return message.get();
            }
        }
    }

    /** The library also throws an IOException here, for a type that it does not know, though nothing is wrong with the stream. */
    private static Optional<Message> parse(byte[] head, byte[] header, byte[] content) {
        try {
            byte[] start = Arrays.copyOf(head, FIELDS_LENGTH_OFFSET);
            return Optional.ofNullable(MessageFactory.createMessage(head[1], start, header, content, null));
        } catch (IOException | DBusException | RuntimeException e) {
            Logger.debug(e, "a D-Bus message with an unreadable header was ignored");
            return Optional.empty();
        }
    }

    private static int length(byte[] head, int offset) throws IOException {
        if (head[0] != Endian.LITTLE && head[0] != Endian.BIG) {
            throw new IOException("a D-Bus message without byte order");
        }
        long length = Message.demarshallint(head, offset, head[0], 4);
        if (length > LARGEST) {
            throw new IOException("a D-Bus message of more than " + LARGEST + " octets");
        }
        return (int) length;
    }

    private static int padded(int length) {
        return (length + 7) & ~7;
    }

    private byte[] octets(int count) throws IOException {
        byte[] octets = new byte[count];
        fill(octets, 0);
        return octets;
    }

    private void fill(byte[] octets, int from) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(octets, from, octets.length - from);
        while (rest.hasRemaining()) {
            if (channel.read(rest) < 0) {
                throw new EOFException("the other side of the D-Bus socket has closed it");
            }
        }
    }

    /** Sends, in one system call where the transport's own writer takes one for each of the message's many pieces. */
    synchronized void write(Message message) throws IOException {
        if (isClosed()) {
            throw new IOException("the D-Bus connection is closed");
        }
        int size = 0;
        for (byte[] piece : message.getWireData()) {
            size += piece == null ? 0 : piece.length;
        }
        ByteBuffer whole = ByteBuffer.allocate(size);
        for (byte[] piece : message.getWireData()) {
            if (piece != null) {
                whole.put(piece);
            }
        }
        whole.flip();
        while (whole.hasRemaining()) {
            channel.write(whole);
        }
    }

    /** Ends both directions, which wakes a thread that reads or writes; closing alone would not. Any thread; does not wait. */
    void shutdown() {
        synchronized (life) {
            if (!closed) {
                shutDownBoth();
            }
        }
    }

    private void shutDownBoth() {
        try {
            channel.shutdownInput();
            channel.shutdownOutput();
        } catch (IOException | RuntimeException e) {
            Logger.trace(e, "shutting down a socket");
        }
    }

    /** Gives the descriptor back. Only for the thread that reads. Waits for one that writes, so shut down first. */
    synchronized void close() {
        synchronized (life) {
            try {
                closed = true;
                channel.close();
            } catch (IOException | RuntimeException e) {
                Logger.trace(e, "closing a socket");
            }
        }
    }

    private boolean isClosed() {
        synchronized (life) {
            return closed;
        }
    }
}
