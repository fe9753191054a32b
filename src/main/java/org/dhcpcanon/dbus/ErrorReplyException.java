package org.dhcpcanon.dbus;

import java.io.IOException;

/** The other side answered a call with an error. */
public final class ErrorReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String name;

    ErrorReplyException(String name, String text) {
        super(name + ": " + text);
        this.name = name;
    }

    /** The name on the wire, such as {@code org.freedesktop.DBus.Error.UnknownMethod}. */
    public String name() {
        return name;
    }
}
