package org.dhcpcanon.dbus;

import java.io.IOException;

/** Somebody else owns the bus name. */
public final class NameTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    NameTakenException(String name) {
        super("another process owns the bus name " + name);
    }
}
