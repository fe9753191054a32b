package org.dhcpcanon.bus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.messages.MethodReturn;
import org.freedesktop.dbus.messages.constants.Endian;
import org.freedesktop.dbus.spi.message.InputStreamMessageReader;
import org.jspecify.annotations.Nullable;

/** A caller that sends messages no library would send. Runs as root. */
final class RawCaller implements AutoCloseable {
    private static final MessageFactory MESSAGES = new MessageFactory(Endian.LITTLE);

    private final SocketChannel channel;
    private final InputStreamMessageReader reader;

    RawCaller(String address) throws Exception {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(Path.of(address.substring("unix:path=".length()))));
        say("\0AUTH EXTERNAL 30\r\n");
        ByteBuffer answer = ByteBuffer.allocate(64);
        while (answer.position() == 0 || answer.get(answer.position() - 1) != '\n') {
            channel.read(answer);
        }
        say("BEGIN\r\n");
        reader = new InputStreamMessageReader(channel);
        Message hello = MESSAGES.createMethodCall(
                "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello", (byte) 0, null);
        send(octets(hello));
        answer(hello.getSerial());
    }

    private void say(String text) throws IOException {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void send(byte[] octets) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(octets);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    private static byte[] octets(Message message) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (byte[] piece : message.getWireData()) {
            if (piece != null) {
                octets.writeBytes(piece);
            }
        }
        return octets.toByteArray();
    }

    /** Calls without naming an interface. */
    Message callWithoutInterface(String path, String member) throws Exception {
        Message call = MESSAGES.createMethodCall("org.dhcpcanon1", path, null, member, (byte) 0, null);
        send(octets(call));
        return answer(call.getSerial());
    }

    /** Calls with a number, and claims that it is the index of a descriptor, of which none comes along. */
    Message callWithoutTheDescriptor(
            String path, @Nullable String interfaceName, String member, String signature, Object... arguments)
            throws Exception {
        Message call = MESSAGES.createMethodCall(
                "org.dhcpcanon1", path, interfaceName, member, (byte) 0, signature, arguments);
        byte[] octets = octets(call);
        for (int i = 0; i + 2 < octets.length; i++) {
            if (octets[i] == 1 && octets[i + 1] == 'u' && octets[i + 2] == 0) {
                octets[i + 1] = 'h';
            }
        }
        send(octets);
        return answer(call.getSerial());
    }

    private Message answer(long serial) throws Exception {
        while (true) {
            Message message = reader.readMessage();
            boolean reply = message instanceof MethodReturn || message instanceof Error;
            if (reply && message.getReplySerial() == serial) {
                return message;
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
