package org.dhcpcanon.dbus;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.freedesktop.dbus.connections.BusAddress;
import org.freedesktop.dbus.connections.SASL;
import org.freedesktop.dbus.connections.config.TransportConfig;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.exceptions.TransportConfigurationException;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.transport.jnr.JnrUnixSocketTransportProvider;
import org.freedesktop.dbus.transport.jnr.UnixSocketTransport;

/** The library's own socket, on JNR. */
record JnrSocket(AbstractTransport transport, SocketChannel channel) implements Socket {
    /** Connects; the kernel answers at once. Only addresses of the form {@code unix:...}, and of a list only the first. */
    static JnrSocket connect(String address) throws IOException {
        String first = address.split(";", 2)[0];
        try {
            BusAddress parsed = BusAddress.of(first);
            if (!parsed.isBusType("unix") || parsed.isListeningSocket()) {
                throw new IOException("not the address of a Unix socket: " + first);
            }
            UnixSocketTransport transport = (UnixSocketTransport)
                    new JnrUnixSocketTransportProvider().createTransport(parsed, new TransportConfig(parsed));
            return new JnrSocket(transport, transport.connectImpl());
        } catch (TransportConfigurationException | RuntimeException e) {
            throw new IOException("cannot use D-Bus address " + first + ": " + e.getMessage(), e);
        }
    }

    @Override
    public MessageFactory messages() {
        return transport.getMessageFactory();
    }

    @Override
    public void authenticate() throws IOException {
        transport.getTransportConfig().getSaslConfig().setFileDescriptorSupport(false);
        if (!new SASL(transport.getTransportConfig().getSaslConfig()).auth(channel, transport)) {
            throw new NotAuthenticatedException("the other side of the D-Bus socket refuses our uid");
        }
    }
}
