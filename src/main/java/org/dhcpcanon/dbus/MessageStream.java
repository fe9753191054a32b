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
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.tinylog.Logger;

/**
 * One socket with D-Bus messages on it. One thread reads, any thread writes.
 *
 * <p>The transport's own reader is not used: it gives up for good on a length that makes no sense, and it lets the sender choose
 * how much memory we allocate. File descriptors are not negotiated, so a peer has no way to send us one.
 */
final class MessageStream {
    /** What is skipped at a time. */
    private static final int PIECE = 8 << 10;

    private final Socket socket;
    private final SocketChannel channel;

    /** Guards {@link #closed}: a closed descriptor's number soon belongs to somebody else's file. */
    private final Object life = new Object();

    private boolean closed;

    MessageStream(Socket socket) {
        this.socket = socket;
        this.channel = socket.channel();
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
            socket.authenticate();
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
        return socket.messages();
    }

    /**
     * The next message. One that cannot be understood is skipped: its sender is unknown, so nobody can be told. Of one that is too
     * long the body is skipped, and no more is held than of others.
     *
     * @throws IOException if there is nothing more, or the stream of messages is out of step
     */
    Incoming read() throws IOException {
        while (true) {
            Opening opening = Opening.of(octets(Opening.LENGTH));
            if (!opening.hasShortFields()) {
                skip(opening.fields() + opening.body());
                continue;
            }
            byte[] fields = fields(opening);
            byte[] body = octets(opening.isShort() ? (int) opening.body() : 0);
            skip(opening.body() - body.length);
            Optional<Message> message = parse(opening, fields, body);
            if (message.isPresent()) {
                return new Incoming(message.get(), opening.isShort());
            }
        }
    }

    /** With eight octets in front, of which the first four are their length, as the library wants them. */
    private byte[] fields(Opening opening) throws IOException {
        byte[] fields = new byte[8 + (int) opening.fields()];
        System.arraycopy(opening.octets(), Opening.FIXED, fields, 0, 4);
        fill(fields, 8);
        return fields;
    }

    /** The library also throws an IOException here, for a type that it does not know, though nothing is wrong with the stream. */
    private static Optional<Message> parse(Opening opening, byte[] fields, byte[] body) {
        try {
            byte[] start = Arrays.copyOf(opening.octets(), Opening.FIXED);
            return Optional.ofNullable(MessageFactory.createMessage(start[1], start, fields, body, null));
        } catch (IOException | DBusException | RuntimeException e) {
            Logger.debug(e, "a D-Bus message with an unreadable header was ignored");
            return Optional.empty();
        }
    }

    private void skip(long count) throws IOException {
        byte[] piece = new byte[(int) Math.min(count, PIECE)];
        for (long rest = count; rest > 0; rest -= piece.length) {
            fill(piece, piece.length - (int) Math.min(rest, piece.length));
        }
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
