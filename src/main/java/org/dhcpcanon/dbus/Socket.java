package org.dhcpcanon.dbus;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.freedesktop.dbus.messages.MessageFactory;

/** A connected Unix socket, of which there are two kinds: one is ready sooner, the other shares what the service has loaded anyway. */
interface Socket {
    SocketChannel channel();

    MessageFactory messages();

    /**
     * Tells the other side who we are; returns when it agrees.
     *
     * @throws NotAuthenticatedException if it refuses
     */
    void authenticate() throws IOException;
}
