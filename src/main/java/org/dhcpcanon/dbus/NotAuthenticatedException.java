package org.dhcpcanon.dbus;

import java.io.IOException;

/** The other side does not accept us. Trying again will not help. */
public final class NotAuthenticatedException extends IOException {
    private static final long serialVersionUID = 1L;

    NotAuthenticatedException(String message) {
        super(message);
    }
}
