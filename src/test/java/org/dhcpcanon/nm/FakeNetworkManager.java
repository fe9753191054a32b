package org.dhcpcanon.nm;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.constants.Endian;
import org.freedesktop.dbus.spi.message.InputStreamMessageReader;
import org.freedesktop.dbus.spi.message.OutputStreamMessageWriter;

/** A peer that speaks as GLib's D-Bus server does: offers only EXTERNAL, knows no Hello, no bus and no descriptors. */
final class FakeNetworkManager implements AutoCloseable {
    /** What it does with a connection or a message. */
    interface Behaviour {
        void on(Conversation conversation, Message message) throws Exception;
    }

    static final MessageFactory MESSAGES = new MessageFactory(Endian.LITTLE);

    final LinkedBlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
    final List<String> greetings = new CopyOnWriteArrayList<>();

    private final ServerSocketChannel server;
    private final Behaviour behaviour;
    private final boolean authenticates;

    /** One accepted connection. */
    static final class Conversation {
        final SocketChannel channel;

        Conversation(SocketChannel channel) {
            this.channel = channel;
        }

        void answer(Message call) throws Exception {
            write(MESSAGES.createMethodReturn((MethodCall) call, null));
        }

        void refuse(Message call, String error, String text) throws Exception {
            write(MESSAGES.createError(null, error, call.getSerial(), "s", text));
        }

        private void write(Message message) throws Exception {
            new OutputStreamMessageWriter(channel).writeMessage(message);
        }
    }

    FakeNetworkManager(Path socket, Behaviour behaviour) throws IOException {
        this(socket, behaviour, true);
    }

    FakeNetworkManager(Path socket, Behaviour behaviour, boolean authenticates) throws IOException {
        this.behaviour = behaviour;
        this.authenticates = authenticates;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        daemon(this::accept);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-nm");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                daemon(() -> converse(channel));
            }
        } catch (IOException e) {
            ended.add("server");
        }
    }

    private void converse(SocketChannel channel) {
        try (channel) {
            authenticate(channel);
            InputStreamMessageReader reader = new InputStreamMessageReader(channel);
            while (true) {
                Message message = reader.readMessage();
                if (message != null) {
                    heard.add(message);
                    behaviour.on(new Conversation(channel), message);
                }
            }
        } catch (Exception e) {
            ended.add(String.valueOf(e.getMessage()));
        }
    }

    private void authenticate(SocketChannel channel) throws IOException {
        ByteBuffer zero = ByteBuffer.allocate(1);
        if (channel.read(zero) != 1 || zero.get(0) != 0) {
            throw new IOException("no leading zero");
        }
        String command;
        do {
            command = line(channel);
            greetings.add(command);
            if (authenticates) {
                say(channel, reply(command));
            }
        } while (!command.equals("BEGIN"));
    }

    private static String reply(String command) {
        if (command.startsWith("AUTH EXTERNAL ")) {
            return "OK 0123456789abcdef0123456789abcdef\r\n";
        }
        return command.equals("AUTH") ? "REJECTED EXTERNAL\r\n" : "";
    }

    private static void say(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String line(SocketChannel channel) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (true) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new EOFException("closed");
            }
            if (one.get(0) == '\n') {
                return line.toString(StandardCharsets.US_ASCII).strip();
            }
            line.write(one.get(0));
        }
    }

    /** Ends; as with NetworkManager, the socket's file stays. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
