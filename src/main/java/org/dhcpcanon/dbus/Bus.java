package org.dhcpcanon.dbus;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A connection to a message bus, with what the bus itself offers. */
public final class Bus implements AutoCloseable {
    private static final Target DAEMON =
            new Target(Optional.of("org.freedesktop.DBus"), "/org/freedesktop/DBus", "org.freedesktop.DBus");

    /** The bus daemon answers in microseconds; longer than this and something is very wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** RequestName: fail instead of waiting in the queue, and never push an owner out. */
    private static final int DO_NOT_QUEUE = 4;

    private static final long OWNER = 1;
    private static final long ALREADY_OWNER = 4;

    private final Connection connection;
    private final String uniqueName;

    private Bus(Connection connection, String uniqueName) {
        this.connection = connection;
        this.uniqueName = uniqueName;
    }

    /**
     * Connects and says Hello; from then on one daemon thread reads.
     *
     * @throws IOException if there is no bus, or it does not want us; the listener may then still be told that it is lost
     */
    public static Bus join(String address, Listener listener) throws IOException {
        return join(Connection.to(address, listener));
    }

    /** The same for a process with a short life, which starts some 200 ms sooner so. */
    public static Bus joinBriefly(String address, Listener listener) throws IOException {
        return join(Connection.briefly(address, listener));
    }

    private static Bus join(Connection connection) throws IOException {
        connection.authenticate(PATIENCE);
        Thread reader = new Thread(connection, "dbus-reader");
        reader.setDaemon(true);
        reader.start();
        try {
            return new Bus(connection, text(await(connection.call(DAEMON, "Hello", PATIENCE, ""))));
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    public Connection connection() {
        return connection;
    }

    /** Such as {@code :1.42}. */
    public String uniqueName() {
        return uniqueName;
    }

    /**
     * Becomes the owner of a name.
     *
     * @throws NameTakenException if it has another owner, who keeps it
     * @throws IOException if the bus says no, or nothing
     */
    public void own(String name) throws IOException {
        long result = number(await(connection.call(DAEMON, "RequestName", PATIENCE, "su", name, DO_NOT_QUEUE)));
        if (result != OWNER && result != ALREADY_OWNER) {
            throw new NameTakenException(name);
        }
    }

    /** The unique name of who owns a name; empty if nobody does. Starts nobody. */
    public Optional<String> ownerOf(String name) throws IOException {
        try {
            return Optional.of(text(await(connection.call(DAEMON, "GetNameOwner", PATIENCE, "s", name))));
        } catch (IOException e) {
            if (e.getCause() instanceof ErrorReplyException reply
                    && reply.name().equals(ErrorName.NAME_HAS_NO_OWNER)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Has the bus pass on the signals that fit a match rule of the D-Bus specification. */
    public void watch(String rule) throws IOException {
        await(connection.call(DAEMON, "AddMatch", PATIENCE, "s", rule));
    }

    /** The uid of who has this unique name, as the bus got it from the kernel. Does not wait. */
    public CompletableFuture<Long> userOf(String name) {
        return connection
                .call(DAEMON, "GetConnectionUnixUser", PATIENCE, "s", name)
                .thenCompose(Bus::numberLater);
    }

    private static CompletableFuture<Long> numberLater(List<Object> values) {
        try {
            return CompletableFuture.completedFuture(number(values));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static List<Object> await(CompletableFuture<List<Object>> answer) throws IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException("the message bus: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static long number(List<Object> values) throws IOException {
        if (values.size() == 1 && values.get(0) instanceof Number number) {
            return number.longValue();
        }
        throw new IOException("the message bus did not answer with a number");
    }

    private static String text(List<Object> values) throws IOException {
        if (values.size() == 1 && values.get(0) instanceof String text) {
            return text;
        }
        throw new IOException("the message bus did not answer with a name");
    }

    @Override
    public void close() {
        connection.close();
    }
}
