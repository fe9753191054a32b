package org.dhcpcanon.nm;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dhcpcanon.dbus.Connection;
import org.dhcpcanon.dbus.ErrorName;
import org.dhcpcanon.dbus.ErrorReplyException;
import org.dhcpcanon.dbus.Listener;
import org.dhcpcanon.dbus.NotAuthenticatedException;
import org.dhcpcanon.dbus.Target;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One Notify to NetworkManager's private socket, from connecting to the answer. It blocks the thread that holds it; another
 * thread may make it give up.
 */
final class Conversation {
    /** How a conversation ended. */
    enum Outcome {
        /** NetworkManager took the news. */
        TAKEN,
        /** NetworkManager found another host with this address. */
        CONFLICT,
        /** It was spoken to, and there was no answer, or one that says nothing. */
        UNANSWERED,
        /** Nobody was there to speak to. */
        NOBODY,
        /** We were told to stop, or NetworkManager says that we will be. */
        GIVEN_UP
    }

    /** An answer that says: this method does not exist (yet). */
    private static final Optional<Outcome> NOT_YET = Optional.empty();

    private static final Target SERVER =
            new Target(Optional.empty(), "/org/freedesktop/nm_dhcp_server", "org.freedesktop.nm_dhcp_server");
    private static final String CONFLICT_ERROR = "org.freedesktop.NetworkManager.Device.Failed";

    /** Says NetworkManager, by the same error, to news that it holds while it is about to end us. The address is good. */
    private static final String STOPPING = "dhcp stopping";

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration METHOD_PAUSE = Duration.ofMillis(20);

    private final String address;
    private final Patience patience;
    private final Map<String, Variant<byte[]>> news;
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private volatile @Nullable Connection connection;

    Conversation(String address, Patience patience, Map<String, Variant<byte[]>> news) {
        this.address = address;
        this.patience = patience;
        this.news = news;
    }

    /** Speaks. Returns after the sum of all patience, unless the kernel keeps us: a full queue of a hung listener does that. */
    Outcome hold() {
        Optional<Outcome> outcome = attempt();
        try (Deadline method = new Deadline(patience.method())) {
            while (outcome.isEmpty() && !method.isOver()) {
                pause(METHOD_PAUSE);
                outcome = attempt();
            }
        }
        return outcome.orElseGet(this::signal);
    }

    private Optional<Outcome> attempt() {
        Connection opened = connect();
        if (opened == null) {
            return Optional.of(isGivenUp() ? Outcome.GIVEN_UP : Outcome.NOBODY);
        }
        CompletableFuture<List<Object>> answer = opened.call(SERVER, "Notify", patience.answer(), "a{sv}", news);
        CompletableFuture<Optional<Throwable>> ended = answer.handle((values, failure) -> {
            opened.close();
            return Optional.ofNullable(failure);
        });
        opened.run();
        if (isGivenUp()) {
            return Optional.of(Outcome.GIVEN_UP);
        }
        Optional<Throwable> failure = ended.join();
        return failure.isPresent() ? judge(failure.get()) : Optional.of(Outcome.TAKEN);
    }

    private static Optional<Outcome> judge(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ErrorReplyException error) {
            return judgeName(error);
        }
        String what = cause instanceof TimeoutException ? "has not answered in time" : "" + cause.getMessage();
        Logger.warn("NetworkManager: {}", what);
        return Optional.of(Outcome.UNANSWERED);
    }

    private static Optional<Outcome> judgeName(ErrorReplyException error) {
        return switch (error.name()) {
            case CONFLICT_ERROR -> Optional.of(error.text().equals(STOPPING) ? Outcome.GIVEN_UP : Outcome.CONFLICT);
            case ErrorName.UNKNOWN_METHOD -> NOT_YET;
            default -> {
                Logger.warn("NetworkManager did not take the news: {}", error.getMessage());
                yield Optional.of(Outcome.UNANSWERED);
            }
        };
    }

    /** What NetworkManager listened to before it had Notify: a signal, which nobody answers. */
    private Outcome signal() {
        Connection opened = connect();
        if (opened == null) {
            return isGivenUp() ? Outcome.GIVEN_UP : Outcome.NOBODY;
        }
        try {
            opened.emit("/", "org.freedesktop.nm_dhcp_client", "Event", "a{sv}", news);
            return Outcome.TAKEN;
        } catch (IOException e) {
            Logger.warn("NetworkManager: {}", e.getMessage());
            return Outcome.UNANSWERED;
        } finally {
            opened.close();
            opened.run();
        }
    }

    /** Null if there is nobody, or we gave up. The socket file may be missing or stale for a moment. */
    private @Nullable Connection connect() {
        try (Deadline deadline = new Deadline(patience.socket())) {
            return connect(deadline);
        }
    }

    private @Nullable Connection connect(Deadline deadline) {
        Duration pause = SHORTEST_PAUSE;
        while (!isGivenUp()) {
            try {
                return open(deadline);
            } catch (NotAuthenticatedException e) {
                Logger.warn("NetworkManager's socket {}: {}", address, e.getMessage());
                return null;
            } catch (IOException e) {
                if (deadline.isOver()) {
                    Logger.warn("NetworkManager cannot be reached at {}: {}", address, e.getMessage());
                    return null;
                }
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return null;
    }

    /** A NetworkManager that hangs takes connections, by its kernel's queue, and says nothing on them. */
    private Connection open(Deadline deadline) throws IOException {
        Connection opened = Connection.to(address, Listener.DEAF);
        connection = opened;
        if (isGivenUp()) {
            opened.close();
        }
        deadline.then(opened::close);
        opened.authenticate(patience.socket());
        return opened;
    }

    private void pause(Duration pause) {
        try {
            boolean stop = givenUp.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            if (stop) {
                Logger.debug("a conversation with NetworkManager is given up");
            }
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isGivenUp() {
        return givenUp.getCount() == 0;
    }

    /** Makes {@link #hold} return at once. Any thread; does not wait. */
    void giveUp() {
        givenUp.countDown();
        Connection opened = connection;
        if (opened != null) {
            opened.close();
        }
    }
}
