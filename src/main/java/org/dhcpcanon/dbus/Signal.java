package org.dhcpcanon.dbus;

import java.util.List;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;

/**
 * A signal that came in.
 *
 * @param sender the unique name of who sent it, or the bus itself; empty on a peer connection
 * @param signature of the arguments
 */
public record Signal(
        String sender, String path, String interfaceName, String member, String signature, List<Object> arguments) {
    static Signal of(Message message) throws BadArgumentsException {
        return new Signal(
                Text.of(message.getSource()),
                Text.of(message.getPath()),
                Text.of(message.getInterface()),
                Text.of(message.getName()),
                Text.of(message.getSig()),
                arguments(message));
    }

    /** The library knows many ways to fail on arguments that it cannot take, index errors among them. */
    static List<Object> arguments(Message message) throws BadArgumentsException {
        try {
            Object[] values = message.getParameters();
            return values == null ? List.of() : List.of(values);
        } catch (DBusException | RuntimeException e) {
            throw new BadArgumentsException("arguments that cannot be read");
        }
    }
}
