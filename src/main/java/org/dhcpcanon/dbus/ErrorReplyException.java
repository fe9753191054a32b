package org.dhcpcanon.dbus;

import java.io.IOException;

/** The other side answered a call with an error. */
public final class ErrorReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String text;

    ErrorReplyException(String name, String text) {
        super(name + ": " + text);
        this.name = name;
        this.text = text;
    }

    /** The name on the wire, such as {@code org.freedesktop.DBus.Error.UnknownMethod}. */
    public String name() {
        return name;
    }

    /** What it says to people. */
    public String text() {
        return text;
    }
}
