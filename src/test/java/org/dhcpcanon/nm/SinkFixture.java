package org.dhcpcanon.nm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sink for one client, a script runner that only notes, and a NetworkManager when one is served. */
@Timeout(20)
abstract class SinkFixture {
    static final Patience SHORT = new Patience(Duration.ofMillis(600), Duration.ofMillis(700), Duration.ofMillis(60));
    static final Patience LONG = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));
    static final String FAILED = "org.freedesktop.NetworkManager.Device.Failed";
    static final String UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod";

    static final SortedMap<String, String> OPTIONS = new TreeMap<>(
            Map.of("ip_address", "192.0.2.5", "dhcp_lease_time", "3600", "domain_name_servers", "192.0.2.1 192.0.2.2"));

    @TempDir
    Path directory;

    Path socket;
    final LinkedBlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
    final List<Thread> workers = new ArrayList<>();
    final List<SortedMap<String, String>> scripts = new ArrayList<>();
    int scriptStatus;
    final List<FakeNetworkManager> managers = new CopyOnWriteArrayList<>();

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

    void serve(FakeNetworkManager.Behaviour behaviour) throws Exception {
        managers.add(new FakeNetworkManager(socket, behaviour));
    }

    FakeNetworkManager manager() {
        return managers.get(0);
    }

    NetworkManagerSink sink(Patience patience, Optional<String> script) {
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

    static LeaseNews news(LeaseReason reason) {
        boolean lease = reason == LeaseReason.BOUND || reason == LeaseReason.RENEW || reason == LeaseReason.REBIND;
        SortedMap<String, String> old = new TreeMap<>(Map.of("ip_address", "192.0.2.4"));
        return new LeaseNews(reason, lease ? OPTIONS : new TreeMap<>(), old);
    }

    SinkAnswer tell(NetworkManagerSink sink, LeaseNews news) throws Exception {
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

    SinkAnswer tell(LeaseReason reason) throws Exception {
        return tell(sink(SHORT, Optional.of("/etc/own-script")), news(reason));
    }
}
