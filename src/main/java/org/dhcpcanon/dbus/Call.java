package org.dhcpcanon.dbus;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.constants.Flags;

/** A method call that came in. It is answered or refused once, from any thread; a second time does nothing. */
public final class Call {
    /** D-Bus specification, "Message Format": ALLOW_INTERACTIVE_AUTHORIZATION, which the library does not know. */
    private static final int INTERACTIVE = 4;

    private final Connection connection;
    private final MethodCall message;
    private final AtomicBoolean open;

    Call(Connection connection, MethodCall message) {
        this.connection = connection;
        this.message = message;
        this.open = new AtomicBoolean((message.getFlags() & Flags.NO_REPLY_EXPECTED) == 0);
    }

    /** The caller's unique name as the bus says; empty on a peer connection. */
    public String sender() {
        return Text.of(message.getSource());
    }

    public String path() {
        return Text.of(message.getPath());
    }

    /** Whether the caller is ready to wait while somebody is asked for a password. */
    public boolean isInteractive() {
        return (message.getFlags() & INTERACTIVE) != 0;
    }

    /** Empty if the caller did not name one, which is allowed. */
    public String interfaceName() {
        return Text.of(message.getInterface());
    }

    public String member() {
        return Text.of(message.getName());
    }

    public String signature() {
        return Text.of(message.getSig());
    }

    /** The arguments, as the library maps them: {@code s} to String, {@code a...} to List, {@code v} to Variant. */
    public List<Object> arguments() throws BadArgumentsException {
        return Arguments.of(message);
    }

    /**
     * The texts with which the arguments begin; what follows them is not read.
     *
     * @param count how many there are, by the signature
     */
    public List<String> leadingTexts(int count) throws BadArgumentsException {
        return Arguments.leadingTexts(message, count);
    }

    /** How many octets the caller sent, all of which are held. */
    public int size() {
        int size = 0;
        for (byte[] piece : message.getWireData()) {
            size += piece == null ? 0 : piece.length;
        }
        return size;
    }

    /** @param signature of the values; empty for none */
    public void answer(String signature, Object... values) {
        if (open.getAndSet(false)) {
            connection.answer(message, signature, values);
        }
    }

    /**
     * @param errorName such as those of {@link ErrorName}
     * @param text for people
     */
    public void refuse(String errorName, String text) {
        if (open.getAndSet(false)) {
            connection.refuse(message, errorName, text);
        }
    }
}
