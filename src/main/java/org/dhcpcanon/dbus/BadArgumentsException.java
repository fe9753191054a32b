package org.dhcpcanon.dbus;

/** The arguments of a message do not fit what was expected, or cannot be read at all. */
public final class BadArgumentsException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadArgumentsException(String message) {
        super(message);
    }
}
