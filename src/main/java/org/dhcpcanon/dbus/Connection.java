package org.dhcpcanon.dbus;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.MethodReturn;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A D-Bus connection to a message bus or to a peer: connect, {@link #authenticate}, then one thread stays in {@link #run}.
 *
 * <p>Nothing that the other side sends ends that thread, except the end of the connection.
 */
public final class Connection implements AutoCloseable, Runnable {
    /** ALLOW_INTERACTIVE_AUTHORIZATION, which the library does not know. */
    private static final byte MAY_ASK = 4;

    private final MessageStream stream;
    private final Listener listener;
    private final Map<Long, CompletableFuture<List<Object>>> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean over;

    private Connection(MessageStream stream, Listener listener) {
        this.stream = stream;
        this.listener = listener;
    }

    /**
     * Connects to a Unix socket; nothing is sent yet.
     *
     * @throws IOException if nobody listens there
     */
    public static Connection to(String address, Listener listener) throws IOException {
        return new Connection(new MessageStream(JnrSocket.connect(address)), listener);
    }

    /** The same for a process with a short life: without JNR, whose first use takes longer than all else. */
    static Connection briefly(String address, Listener listener) throws IOException {
        return new Connection(new MessageStream(JdkSocket.connect(address)), listener);
    }

    /**
     * @throws NotAuthenticatedException if the other side refuses us
     * @throws IOException if it takes longer than the patience, or goes away; the connection is closed then
     */
    public void authenticate(Duration patience) throws IOException {
        try {
            stream.authenticate(patience);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** Reads until the connection is over, then fails the calls that still wait, and tells the listener. */
    @Override
    public void run() {
        String why = "closed";
        try {
            while (!closing.get()) {
                take(stream.read());
            }
        } catch (IOException e) {
            why = closing.get() ? why : String.valueOf(e.getMessage());
        } finally {
            over = true;
            stream.shutdown();
            stream.close();
            abandon(why);
            listener.lost(why);
        }
    }

    /** A mistake of ours costs one message. An {@link java.lang.Error} ends the thread: what we know may be wrong after it. */
    private void take(Incoming incoming) {
        try {
            Message message = incoming.message();
            if (message instanceof MethodCall call) {
                take(new Call(this, call), incoming.whole());
            } else if (message instanceof DBusSignal signal) {
                listener.signalled(new Signal(signal));
            } else {
                settle(message, incoming.whole());
            }
        } catch (RuntimeException e) {
            Logger.error(e, "a D-Bus message could not be handled");
        }
    }

    private void take(Call call, boolean whole) {
        if (whole) {
            listener.called(call);
        } else {
            call.refuse(ErrorName.LIMITS_EXCEEDED, "a message may have " + Opening.LARGEST + " octets here");
        }
    }

    private void settle(Message reply, boolean whole) {
        CompletableFuture<List<Object>> future = waiting.remove(reply.getReplySerial());
        if (future == null) {
            return;
        }
        if (!whole) {
            future.completeExceptionally(new IOException("a reply of more than " + Opening.LARGEST + " octets"));
            return;
        }
        try {
            List<Object> values = Arguments.of(reply);
            if (reply instanceof Error error) {
                String text = values.isEmpty() ? "" : values.get(0).toString();
                future.completeExceptionally(new ErrorReplyException(Text.of(error.getName()), text));
            } else {
                future.complete(values);
            }
        } catch (BadArgumentsException e) {
            future.completeExceptionally(new IOException("a reply with " + e.getMessage(), e));
        }
    }

    private void abandon(String why) {
        for (Long serial : List.copyOf(waiting.keySet())) {
            CompletableFuture<List<Object>> future = waiting.remove(serial);
            if (future != null) {
                future.completeExceptionally(new IOException("no answer, the D-Bus connection is gone: " + why));
            }
        }
    }

    /**
     * Calls a method. Any thread; may block while the socket takes no more.
     *
     * @param signature of the arguments; empty for none
     * @return the values of the answer; fails with {@link ErrorReplyException}, {@link java.util.concurrent.TimeoutException} or
     *     {@link IOException}; completed on the thread in {@link #run} or on the one that times out
     */
    public CompletableFuture<List<Object>> call(
            Target target, String member, Duration patience, String signature, Object... arguments) {
        return send((byte) 0, target, member, patience, signature, arguments);
    }

    /** The same, where the user may be asked for a password before the answer. */
    public CompletableFuture<List<Object>> ask(Target target, String member, Duration patience) {
        return send(MAY_ASK, target, member, patience, "");
    }

    private CompletableFuture<List<Object>> send(
            byte flags, Target target, String member, Duration patience, String signature, Object... arguments) {
        CompletableFuture<List<Object>> answer = new CompletableFuture<>();
        long serial = -1;
        try {
            MethodCall call = stream.messages()
                    .createMethodCall(
                            target.destination().orElse(null),
                            target.path(),
                            target.interfaceName(),
                            member,
                            flags,
                            orNull(signature),
                            arguments);
            serial = call.getSerial();
            waiting.put(serial, answer);
            stream.write(call);
            if (over) {
                abandon("closed");
            }
        } catch (IOException | DBusException | RuntimeException e) {
            waiting.remove(serial);
            answer.completeExceptionally(new IOException("the D-Bus call cannot be sent: " + e.getMessage(), e));
        }
        long key = serial;
        return answer.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((values, failure) -> waiting.remove(key));
    }

    /**
     * Emits a signal; on a bus, to all who want it. Any thread; may block while the socket takes no more.
     *
     * @throws IOException if the connection is over
     */
    public void emit(String path, String interfaceName, String member, String signature, Object... arguments)
            throws IOException {
        try {
            stream.write(
                    stream.messages().createSignal(null, path, interfaceName, member, orNull(signature), arguments));
        } catch (DBusException | RuntimeException e) {
            throw new IOException("the D-Bus signal " + member + " cannot be sent: " + e.getMessage(), e);
        }
    }

    void answer(MethodCall call, String signature, Object... values) {
        try {
            MethodReturn reply = stream.messages().createMethodReturn(call, orNull(signature), values);
            stream.write(reply);
        } catch (DBusException e) {
            Logger.error(e, "an answer to {} cannot be written", call.getName());
            refuse(call, ErrorName.FAILED, "the answer cannot be written");
        } catch (IOException e) {
            close();
        }
    }

    void refuse(MethodCall call, String errorName, String text) {
        try {
            stream.write(stream.messages().createError(call.getSource(), errorName, call.getSerial(), "s", text));
        } catch (DBusException e) {
            Logger.error(e, "an error reply to {} cannot be written", call.getName());
        } catch (IOException e) {
            close();
        }
    }

    private static @Nullable String orNull(String signature) {
        return signature.isEmpty() ? null : signature;
    }

    /** Ends it: {@link #run} returns soon, calls that wait fail. Any thread; does not wait. */
    @Override
    public void close() {
        closing.set(true);
        stream.shutdown();
    }
}
