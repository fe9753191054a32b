package org.dhcpcanon.dbus;

import java.util.List;
import org.freedesktop.dbus.messages.DBusSignal;

/** A signal that came in. Anybody on a bus may send one, so that its arguments stay unread until they are asked for. */
public final class Signal {
    private final DBusSignal message;

    Signal(DBusSignal message) {
        this.message = message;
    }

    /** The unique name of who sent it, or the bus itself; empty on a peer connection. */
    public String sender() {
        return Text.of(message.getSource());
    }

    public String path() {
        return Text.of(message.getPath());
    }

    public String interfaceName() {
        return Text.of(message.getInterface());
    }

    public String member() {
        return Text.of(message.getName());
    }

    /** The arguments, as {@link Call#arguments} has them; none if the message was too long. */
    public List<Object> arguments() throws BadArgumentsException {
        return Arguments.of(message);
    }
}
