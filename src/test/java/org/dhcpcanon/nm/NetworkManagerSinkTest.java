package org.dhcpcanon.nm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.LeaseNews;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class NetworkManagerSinkTest {
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(600), Duration.ofMillis(700), Duration.ofMillis(60));
    private static final Patience LONG =
            new Patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));
    private static final String FAILED = "org.freedesktop.NetworkManager.Device.Failed";
    private static final String UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod";

    private static final SortedMap<String, String> OPTIONS = new TreeMap<>(
            Map.of("ip_address", "192.0.2.5", "dhcp_lease_time", "3600", "domain_name_servers", "192.0.2.1 192.0.2.2"));

    @TempDir
    Path directory;

    private Path socket;
    private final LinkedBlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
    private final List<Thread> workers = new ArrayList<>();
    private final List<SortedMap<String, String>> scripts = new ArrayList<>();
    private int scriptStatus;
    private final List<FakeNetworkManager> managers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void choosePath() {
        socket = directory.resolve("private-dhcp");
    }

    @AfterEach
    void noThreadIsLeft() throws Exception {
        for (FakeNetworkManager each : managers) {
            each.close();
        }
        for (Thread worker : workers) {
            worker.join(2000);
            assertFalse(worker.isAlive(), "a worker is left");
        }
    }

    private void serve(FakeNetworkManager.Behaviour behaviour) throws Exception {
        managers.add(new FakeNetworkManager(socket, behaviour));
    }

    private FakeNetworkManager manager() {
        return managers.get(0);
    }

    private NetworkManagerSink sink(Patience patience, Optional<String> script) {
        ClientRequest request = new ClientRequest(
                "veth0",
                4711,
                "dhclient",
                Optional.empty(),
                script,
                List.of(),
                OptionalLong.empty(),
                List.of(),
                List.of());
        Executor executor = task -> {
            Thread worker = new Thread(task);
            workers.add(worker);
            worker.start();
        };
        return new NetworkManagerSink(
                request,
                (environment, status) -> {
                    scripts.add(environment);
                    loop.add(() -> status.accept(scriptStatus));
                },
                loop::add,
                executor,
                "unix:path=" + socket,
                patience);
    }

    private static LeaseNews news(LeaseReason reason) {
        boolean lease = reason == LeaseReason.BOUND || reason == LeaseReason.RENEW || reason == LeaseReason.REBIND;
        SortedMap<String, String> old = new TreeMap<>(Map.of("ip_address", "192.0.2.4"));
        return new LeaseNews(reason, lease ? OPTIONS : new TreeMap<>(), old);
    }

    private SinkAnswer tell(NetworkManagerSink sink, LeaseNews news) throws Exception {
        AtomicReference<SinkAnswer> answer = new AtomicReference<>();
        Thread me = Thread.currentThread();
        sink.tell(news, said -> {
            assertEquals(me, Thread.currentThread(), "answered on another thread than the loop's");
            assertNull(answer.getAndSet(said), "answered twice");
        });
        while (answer.get() == null) {
            Runnable task = loop.poll(10, TimeUnit.SECONDS);
            assertNotNull(task, "no answer");
            task.run();
        }
        assertTrue(loop.isEmpty());
        return answer.get();
    }

    private SinkAnswer tell(LeaseReason reason) throws Exception {
        return tell(sink(SHORT, Optional.of("/etc/own-script")), news(reason));
    }

    @Test
    void aLeaseIsOneNotifyWithEveryValueInOctetsAndWithoutNul() throws Exception {
        serve((conversation, call) -> conversation.answer(call));
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
        Message call = manager().heard.take();
        assertTrue(manager().heard.isEmpty(), "more than one message");
        assertEquals("/org/freedesktop/nm_dhcp_server", call.getPath());
        assertEquals("org.freedesktop.nm_dhcp_server", call.getInterface());
        assertEquals("Notify", call.getName());
        assertEquals("a{sv}", call.getSig());
        assertNull(call.getDestination(), "a peer has no bus names");
        assertEquals(
                Map.of(
                        "interface", "ay:veth0",
                        "pid", "ay:4711",
                        "reason", "ay:BOUND",
                        "new_ip_address", "ay:192.0.2.5",
                        "new_dhcp_lease_time", "ay:3600",
                        "new_domain_name_servers", "ay:192.0.2.1 192.0.2.2"),
                readable(call));
        assertFalse(manager().greetings.contains("NEGOTIATE_UNIX_FD"), "asked for descriptors");
    }

    private static Map<String, String> readable(Message message) throws Exception {
        Map<String, String> readable = new TreeMap<>();
        ((Map<?, ?>) message.getParameters()[0]).forEach((key, value) -> {
            Variant<?> variant = (Variant<?>) value;
            List<?> octets = (List<?>) variant.getValue();
            byte[] bytes = new byte[octets.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (Byte) octets.get(i);
            }
            readable.put((String) key, variant.getSig() + ":" + new String(bytes, StandardCharsets.UTF_8));
        });
        return readable;
    }

    @Test
    void theEndOfALeaseCarriesNoOptions() throws Exception {
        serve((conversation, call) -> conversation.answer(call));
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.EXPIRE));
        assertEquals(
                Map.of("interface", "ay:veth0", "pid", "ay:4711", "reason", "ay:EXPIRE"),
                readable(manager().heard.take()));
    }

    @Test
    void preinitIsAcceptedWithoutASocket() throws Exception {
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.PREINIT));
        assertTrue(workers.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"ip_address", "dhcp_lease_time"})
    void aLeaseThatWouldLeaveTheInterfaceWithoutAddressIsNotSent(String missing) throws Exception {
        serve((conversation, call) -> conversation.answer(call));
        SortedMap<String, String> options = new TreeMap<>(OPTIONS);
        options.remove(missing);
        LeaseNews incomplete = new LeaseNews(LeaseReason.RENEW, options, new TreeMap<>());
        assertEquals(SinkAnswer.UNHEARD, tell(sink(SHORT, Optional.empty()), incomplete));
        assertTrue(manager().heard.isEmpty());
    }

    @Test
    void anAnswerMayTakeItsTime() throws Exception {
        serve((conversation, call) -> {
            Thread.sleep(400);
            conversation.answer(call);
        });
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
    }

    @Test
    void withoutAnAnswerTheNewsAreUnheardAndTheConnectionIsClosed() throws Exception {
        serve((conversation, call) -> {});
        assertEquals(SinkAnswer.UNHEARD, tell(LeaseReason.BOUND));
        assertNotNull(manager().ended.poll(2, TimeUnit.SECONDS), "the connection stayed open");
        assertTrue(scripts.isEmpty(), "the script was run though NetworkManager was spoken to");
    }

    @ParameterizedTest
    @CsvSource({"BOUND,REFUSED", "RENEW,REFUSED", "REBIND,REFUSED", "EXPIRE,UNHEARD", "FAIL,UNHEARD"})
    void anAddressConflictRefusesTheLease(LeaseReason reason, SinkAnswer expected) throws Exception {
        serve((conversation, call) -> conversation.refuse(call, FAILED, "ACD failed"));
        assertEquals(expected, tell(reason));
    }

    @ParameterizedTest
    @CsvSource({"BOUND", "RENEW", "REBIND"})
    void beingStoppedWhileNewsAreHeldIsNoConflict(LeaseReason reason) throws Exception {
        serve((conversation, call) -> conversation.refuse(call, FAILED, "dhcp stopping"));
        assertEquals(SinkAnswer.UNHEARD, tell(reason));
    }

    @Test
    void aConflictIsNotToldToAClientThatIsEndedAMomentLater() throws Exception {
        serve((conversation, call) -> conversation.refuse(call, FAILED, "words of another version"));
        NetworkManagerSink sink = sink(SHORT, Optional.empty());
        List<SinkAnswer> answers = new ArrayList<>();
        sink.tell(news(LeaseReason.BOUND), answers::add);
        assertNotNull(manager().ended.poll(2, TimeUnit.SECONDS));
        Runnable early = loop.poll(50, TimeUnit.MILLISECONDS);
        assertNull(early, "no time to end the client");
        sink.close();
        Objects.requireNonNull(loop.poll(2, TimeUnit.SECONDS)).run();
        assertTrue(answers.isEmpty(), "a good address was refused");
    }

    @Test
    void anyOtherErrorLeavesTheLeaseAlone() throws Exception {
        serve((conversation, call) -> conversation.refuse(call, "org.freedesktop.DBus.Error.AccessDenied", "no"));
        assertEquals(SinkAnswer.UNHEARD, tell(LeaseReason.BOUND));
        assertTrue(scripts.isEmpty());
    }

    @Test
    void anOldNetworkManagerGetsTheSignal() throws Exception {
        serve((conversation, message) -> {
            if ("Notify".equals(message.getName())) {
                conversation.refuse(message, UNKNOWN_METHOD, "no such method");
            }
        });
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
        Message last = manager().heard.take();
        while ("Notify".equals(last.getName())) {
            last = Objects.requireNonNull(manager().heard.poll(2, TimeUnit.SECONDS), "no signal");
        }
        assertEquals("/", last.getPath());
        assertEquals("org.freedesktop.nm_dhcp_client", last.getInterface());
        assertEquals("Event", last.getName());
        assertEquals("ay:192.0.2.5", readable(last).get("new_ip_address"));
    }

    @Test
    void aMethodThatAppearsAMomentLaterIsUsed() throws Exception {
        serve((conversation, call) -> {
            if (manager().heard.size() < 3) {
                conversation.refuse(call, UNKNOWN_METHOD, "not yet");
            } else {
                conversation.answer(call);
            }
        });
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
        assertTrue(manager().heard.stream().allMatch(call -> "Notify".equals(call.getName())));
    }

    @Test
    void aServerThatClosesInsteadOfAnsweringLeavesTheNewsUnheardAtOnce() throws Exception {
        serve((conversation, call) -> conversation.channel.close());
        assertEquals(SinkAnswer.UNHEARD, tell(sink(LONG, Optional.empty()), news(LeaseReason.BOUND)));
    }

    @Test
    void garbageInsteadOfAnAnswerLeavesTheNewsUnheard() throws Exception {
        serve((conversation, call) -> conversation.channel.write(java.nio.ByteBuffer.wrap(new byte[64])));
        assertEquals(SinkAnswer.UNHEARD, tell(sink(LONG, Optional.empty()), news(LeaseReason.BOUND)));
    }

    @ParameterizedTest
    @CsvSource({
        "BOUND,0,ACCEPTED",
        "BOUND,1,REFUSED",
        "BOUND,2,UNHEARD",
        "BOUND,-1,UNHEARD",
        "BOUND,143,UNHEARD",
        "RENEW,1,UNHEARD",
        "REBIND,1,UNHEARD",
        "EXPIRE,1,UNHEARD",
        "EXPIRE,0,ACCEPTED"
    })
    void aStaleSocketLeavesTheScriptOfTheCaller(LeaseReason reason, int status, SinkAnswer expected) throws Exception {
        try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket));
        scriptStatus = status;
        assertEquals(expected, tell(reason));
        SortedMap<String, String> environment = scripts.get(0);
        assertEquals("veth0", environment.get("interface"));
        assertEquals("4711", environment.get("pid"));
        assertEquals(reason.name(), environment.get("reason"));
        assertEquals("192.0.2.4", environment.get("old_ip_address"));
        assertEquals("/usr/sbin:/sbin:/bin:/usr/sbin:/usr/bin", environment.get("PATH"));
        boolean lease = reason == LeaseReason.BOUND || reason == LeaseReason.RENEW || reason == LeaseReason.REBIND;
        assertEquals(lease ? "3600" : null, environment.get("new_dhcp_lease_time"));
    }

    @ParameterizedTest
    @CsvSource({"/usr/lib/NetworkManager/nm-dhcp-helper", "/usr/libexec/nm-dhcp-helper", "nm-dhcp-helper"})
    void theHelperThatCannotReachNetworkManagerEitherDoesNotRefuseTheLease(String helper) throws Exception {
        scriptStatus = 1;
        assertEquals(SinkAnswer.UNHEARD, tell(sink(SHORT, Optional.of(helper)), news(LeaseReason.BOUND)));
        assertEquals(1, scripts.size());
        scriptStatus = 0;
        assertEquals(SinkAnswer.ACCEPTED, tell(sink(SHORT, Optional.of(helper)), news(LeaseReason.BOUND)));
    }

    @Test
    void withoutSocketAndScriptTheNewsAreUnheard() throws Exception {
        assertEquals(SinkAnswer.UNHEARD, tell(sink(SHORT, Optional.empty()), news(LeaseReason.BOUND)));
    }

    @Test
    void aSocketThatAppearsLateIsFound() throws Exception {
        NetworkManagerSink sink = sink(LONG, Optional.empty());
        Thread late = new Thread(() -> {
            try {
                Thread.sleep(400);
                serve((conversation, call) -> conversation.answer(call));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        late.start();
        assertEquals(SinkAnswer.ACCEPTED, tell(sink, news(LeaseReason.BOUND)));
        late.join();
    }

    @Test
    void aHungNetworkManagerThatTakesConnectionsIsLeftInTime() throws Exception {
        managers.add(new FakeNetworkManager(socket, (conversation, call) -> {}, false));
        long start = System.nanoTime();
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
        assertEquals(1, scripts.size());
        assertTookLessThan(Duration.ofSeconds(2), start);
    }

    @Test
    void aNetworkManagerThatClosesSlowlyIsLeftInTime() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread slow = new Thread(() -> {
                try {
                    while (true) {
                        java.nio.channels.SocketChannel taken = server.accept();
                        Thread.sleep(400);
                        taken.close();
                    }
                } catch (Exception e) {
                    // The test is over.
                }
            });
            slow.start();
            long start = System.nanoTime();
            assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
            assertTookLessThan(Duration.ofMillis(1500), start);
        }
    }

    @Test
    void aHungNetworkManagerWithAFullQueueDoesNotHoldTheClientUp() throws Exception {
        List<java.nio.channels.SocketChannel> others = new ArrayList<>();
        try (ServerSocketChannel hung = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            hung.bind(UnixDomainSocketAddress.of(socket), 1);
            for (int i = 0; i < 2; i++) {
                others.add(java.nio.channels.SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            }
            assertEquals(SinkAnswer.UNHEARD, tell(LeaseReason.BOUND));
        }
        for (java.nio.channels.SocketChannel other : others) {
            other.close();
        }
    }

    private static void assertTookLessThan(Duration most, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(most) < 0, "took " + took);
    }

    @Test
    void aMistakeWhileSpeakingDoesNotLeaveTheClientWaitingForEver() throws Exception {
        serve((conversation, call) -> conversation.answer(call));
        Patience tooLong =
                new Patience(Duration.ofSeconds(1), Duration.ofSeconds(Long.MAX_VALUE / 2), Duration.ofSeconds(1));
        assertEquals(SinkAnswer.UNHEARD, tell(sink(tooLong, Optional.empty()), news(LeaseReason.BOUND)));
    }

    @Test
    void closeGivesUpACallThatIsHeld() throws Exception {
        serve((conversation, call) -> {});
        giveUp(() -> manager().heard.poll(5, TimeUnit.SECONDS));
    }

    @Test
    void closeGivesUpWaitingForTheSocket() throws Exception {
        giveUp(() -> Thread.sleep(150));
    }

    @Test
    void closeGivesUpOnAServerThatDoesNotAuthenticate() throws Exception {
        managers.add(new FakeNetworkManager(socket, (conversation, call) -> {}, false));
        giveUp(() -> Thread.sleep(300));
    }

    private interface Moment {
        void await() throws Exception;
    }

    private void giveUp(Moment moment) throws Exception {
        NetworkManagerSink sink = sink(LONG, Optional.of("/bin/true"));
        List<SinkAnswer> answers = new ArrayList<>();
        sink.tell(news(LeaseReason.BOUND), answers::add);
        moment.await();
        sink.close();
        workers.get(0).join(1000);
        assertFalse(workers.get(0).isAlive(), "still busy a second after close");
        for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
            task.run();
        }
        assertTrue(answers.isEmpty() && scripts.isEmpty(), "something was said after close");
    }
}
