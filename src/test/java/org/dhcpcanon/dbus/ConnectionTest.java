package org.dhcpcanon.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MessageFactory;
import org.freedesktop.dbus.messages.constants.Endian;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ConnectionTest {
    private static final MessageFactory MESSAGES = new MessageFactory(Endian.LITTLE);
    private static final Target TARGET = new Target(Optional.empty(), "/", "org.example.Peer");
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    private ServerSocketChannel server;
    private SocketChannel peer;
    private Connection connection;
    private Thread reader;

    private final class Ear implements Listener {
        @Override
        public void called(Call call) {
            heard.add("call " + call.member());
            if (call.member().equals("Die")) {
                throw new OutOfMemoryError("not really");
            }
            throw new IllegalStateException("a listener's mistake");
        }

        @Override
        public void signalled(Signal signal) {
            try {
                heard.add("signal " + signal.member() + " " + signal.arguments());
            } catch (BadArgumentsException e) {
                heard.add("signal " + signal.member() + " unreadable");
            }
        }

        @Override
        public void lost(String why) {
            heard.add("lost");
        }
    }

    @BeforeEach
    void connect() throws Exception {
        Path socket = directory.resolve("socket");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        connection = Connection.to("unix:path=" + socket, new Ear());
        peer = server.accept();
        CompletableFuture<Void> greeted = CompletableFuture.runAsync(this::greet);
        connection.authenticate(LONG);
        greeted.get();
        reader = new Thread(connection);
        reader.setUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
        reader.start();
    }

    /** AUTH, AUTH EXTERNAL, BEGIN. */
    private void greet() {
        try {
            line();
            send("REJECTED EXTERNAL\r\n".getBytes(StandardCharsets.US_ASCII));
            line();
            send("OK 0123456789abcdef0123456789abcdef\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("BEGIN", line());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (peer.read(one) == 1 && one.get(0) != '\n') {
            line.write(one.get(0));
            one.clear();
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        reader.join(2000);
        assertFalse(reader.isAlive(), "the reader is left");
        peer.close();
        server.close();
    }

    private void send(byte[] octets) throws IOException {
        peer.write(ByteBuffer.wrap(octets));
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

    private static byte[] signal(String member, String signature, Object... arguments) throws Exception {
        return octets(MESSAGES.createSignal(null, "/", "org.example.Peer", member, signature, arguments));
    }

    private void expectUnreadable() throws Exception {
        assertEquals("signal Strange unreadable", next());
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(5, TimeUnit.SECONDS), "nothing was heard");
    }

    private void expectAlive() throws Exception {
        send(signal("Alive", "s", "yes"));
        assertEquals("signal Alive [yes]", next());
    }

    @Test
    void aHeaderFieldThatNobodyKnowsLosesOneMessageOnly() throws Exception {
        byte[] strange = signal("Strange", "s", "x");
        strange[16] = 99;
        send(strange);
        expectAlive();
    }

    @Test
    void aDescriptorThatDidNotComeLosesOneMessageOnly() throws Exception {
        byte[] octets = signal("Strange", "u", 7);
        for (int i = 0; i + 2 < octets.length; i++) {
            if (octets[i] == 1 && octets[i + 1] == 'u' && octets[i + 2] == 0) {
                octets[i + 1] = 'h';
            }
        }
        send(octets);
        expectUnreadable();
        expectAlive();
    }

    @Test
    void anUnknownMessageTypeIsPassedOver() throws Exception {
        byte[] strange = signal("Strange", "s", "x");
        strange[1] = 77;
        send(strange);
        expectAlive();
    }

    @Test
    void aMessageMayComeOctetByOctet() throws Exception {
        for (byte octet : signal("Slow", "s", "x")) {
            send(new byte[] {octet});
        }
        assertEquals("signal Slow [x]", next());
    }

    @Test
    void aListenersMistakeDoesNotEndTheConnection() throws Exception {
        send(octets(MESSAGES.createMethodCall(null, "/", "org.example.Peer", "Do", (byte) 0, null)));
        assertEquals("call Do", next());
        expectAlive();
    }

    @Test
    void anErrorIsNotSwallowed() throws Exception {
        send(octets(MESSAGES.createMethodCall(null, "/", "org.example.Peer", "Die", (byte) 0, null)));
        assertInstanceOf(OutOfMemoryError.class, uncaught.poll(5, TimeUnit.SECONDS));
        assertEquals("call Die", next());
        assertEquals("lost", next());
    }

    @Test
    void aLengthThatCannotBeEndsTheConnectionOnce() throws Exception {
        byte[] huge = signal("Huge", "s", "x");
        huge[7] = 0x7f;
        send(huge);
        assertEquals("lost", next());
        connection.close();
        reader.join();
        assertTrue(heard.isEmpty(), "told twice");
    }

    @Test
    void aCallThatIsTooLargeIsRefusedAndTheStreamStaysInStep() throws Exception {
        byte[] call = octets(
                MESSAGES.createMethodCall(null, "/", "org.example.Peer", "Do", (byte) 0, "s", "x".repeat(3_000_000)));
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> unchecked(call));
        String refusal = answer();
        sent.get(5, TimeUnit.SECONDS);
        assertTrue(refusal.contains("org.freedesktop.DBus.Error.LimitsExceeded"), refusal);
        expectAlive();
    }

    @Test
    void aReplyThatIsTooLargeFailsWhoWaitsForItAndNobodyElse() throws Exception {
        CompletableFuture<List<Object>> answer = connection.call(TARGET, "Do", LONG, "");
        ByteBuffer call = ByteBuffer.allocate(12).order(java.nio.ByteOrder.nativeOrder());
        while (call.hasRemaining()) {
            peer.read(call);
        }
        byte[] large = octets(MESSAGES.createError(
                null, "org.example.Error.Own", Integer.toUnsignedLong(call.getInt(8)), "s", "x".repeat(70_000)));
        send(large);
        ExecutionException failure = assertThrows(ExecutionException.class, () -> answer.get(5, TimeUnit.SECONDS));
        assertInstanceOf(IOException.class, failure.getCause());
        expectAlive();
    }

    @Test
    void headerFieldsOfMegabytesArePassedOver() throws Exception {
        byte[] large =
                octets(MESSAGES.createSignal(null, "/" + "x".repeat(2_000_000), "org.example.Peer", "Long", "s", "x"));
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> unchecked(large));
        sent.get(5, TimeUnit.SECONDS);
        expectAlive();
    }

    private void unchecked(byte[] octets) {
        try {
            send(octets);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String answer() throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(4096);
        peer.read(octets);
        return new String(octets.array(), 0, octets.position(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyCutOfAMessageEndsTheConnectionOnceAndFailsWhoWaits() throws Exception {
        CompletableFuture<List<Object>> answer = connection.call(TARGET, "Do", LONG, "");
        byte[] whole = signal("Cut", "s", "x");
        send(java.util.Arrays.copyOf(whole, whole.length - 1));
        peer.close();
        assertEquals("lost", next());
        ExecutionException failure = assertThrows(ExecutionException.class, answer::get);
        assertInstanceOf(IOException.class, failure.getCause());
    }

    @Test
    void closeFromAnotherThreadEndsTheReaderAndFailsWhoWaits() throws Exception {
        CompletableFuture<List<Object>> answer = connection.call(TARGET, "Do", LONG, "");
        connection.close();
        assertThrows(ExecutionException.class, () -> answer.get(5, TimeUnit.SECONDS));
        assertEquals("lost", next());
        assertThrows(
                ExecutionException.class,
                () -> connection.call(TARGET, "Do", LONG, "").get(5, TimeUnit.SECONDS));
        assertThrows(IOException.class, () -> connection.emit("/", "org.example.Peer", "Late", ""));
    }

    @Test
    void aCallHasItsOwnTimeOut() throws Exception {
        CompletableFuture<List<Object>> answer = connection.call(TARGET, "Do", Duration.ofMillis(100), "");
        ExecutionException failure = assertThrows(ExecutionException.class, answer::get);
        assertInstanceOf(TimeoutException.class, failure.getCause());
        expectAlive();
    }

    @Test
    void anErrorReplyKeepsItsName() throws Exception {
        CompletableFuture<List<Object>> answer = connection.call(TARGET, "Do", LONG, "");
        ByteBuffer call = ByteBuffer.allocate(12).order(java.nio.ByteOrder.nativeOrder());
        while (call.hasRemaining()) {
            peer.read(call);
        }
        send(octets(MESSAGES.createError(
                null, "org.example.Error.Own", Integer.toUnsignedLong(call.getInt(8)), "s", "why")));
        ExecutionException failure = assertThrows(ExecutionException.class, answer::get);
        ErrorReplyException error = assertInstanceOf(ErrorReplyException.class, failure.getCause());
        assertEquals("org.example.Error.Own", error.name());
    }

    @Test
    void nobodyListeningIsAnError() {
        assertThrows(IOException.class, () -> Connection.to("unix:path=" + directory.resolve("nobody"), Listener.DEAF));
        assertThrows(IOException.class, () -> Connection.to("tcp:host=localhost,port=1", Listener.DEAF));
        assertThrows(IOException.class, () -> Connection.to("nonsense", Listener.DEAF));
        assertThrows(IOException.class, () -> Connection.to("", Listener.DEAF));
    }

    /** The other kind of socket takes the same addresses, as far as a system bus has them. */
    @Test
    void aBriefConnectionReadsAddressesToo() throws Exception {
        Path odd = directory.resolve("a b+c");
        try (ServerSocketChannel oddServer = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            oddServer.bind(UnixDomainSocketAddress.of(odd));
            String escaped = "unix:path=" + directory + "/a%20b+c";
            for (String address : List.of(escaped, escaped + ",guid=00", escaped + ";unix:path=/nowhere")) {
                Connection.briefly(address, Listener.DEAF);
                oddServer.accept().close();
            }
        }
        for (String address :
                List.of("unix:path=" + directory.resolve("nobody"), "tcp:host=localhost,port=1", "", "unix:path=%")) {
            assertThrows(IOException.class, () -> Connection.briefly(address, Listener.DEAF), address);
        }
    }

    @Test
    void whoIsRefusedIsTold() throws Exception {
        Path socket = directory.resolve("strict");
        try (ServerSocketChannel strict = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            strict.bind(UnixDomainSocketAddress.of(socket));
            Connection refused = Connection.briefly("unix:path=" + socket, Listener.DEAF);
            try (SocketChannel other = strict.accept()) {
                other.write(ByteBuffer.wrap("REJECTED EXTERNAL\r\n".getBytes(StandardCharsets.US_ASCII)));
                assertThrows(NotAuthenticatedException.class, () -> refused.authenticate(LONG));
            }
        }
    }
}
