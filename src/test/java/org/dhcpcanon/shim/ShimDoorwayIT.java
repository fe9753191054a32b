package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.runtime.Caller;
import org.dhcpcanon.runtime.Channel;
import org.dhcpcanon.runtime.ChannelListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real shim and the real doorway, on one real pair of fifos. */
class ShimDoorwayIT {
    @TempDir
    Path root;

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final FakeClients clients = new FakeClients();
    private ShimStage stage;
    private ShimDoorway doorway;

    @BeforeEach
    void set() throws Exception {
        stage = new ShimStage(root, "/bin/dash");
        int owner = (Integer) Files.getAttribute(root, "unix:uid");
        doorway = new ShimDoorway(
                stage.run, owner, this::open, clients, pid -> Files.exists(Path.of("/proc", Integer.toString(pid))));
    }

    @AfterEach
    void clear() throws Exception {
        stage.close();
        loop.shutdownNow();
    }

    /** A channel whose lines arrive on the loop thread, as they must. */
    private Channel open(Path toShim, Path fromShim, ChannelListener listener) throws IOException {
        FifoService fifos = new FifoService(toShim, fromShim);
        fifos.reader(line -> loop.execute(() -> listener.line(line)), () -> post(listener::ended));
        return new Channel() {
            @Override
            public void send(String line) {
                fifos.send(line);
            }

            @Override
            public void close() {
                fifos.close();
            }
        };
    }

    private void post(Runnable task) {
        if (!loop.isShutdown()) {
            loop.execute(task);
        }
    }

    private Caller attach() throws Exception {
        String call = stage.nextCall();
        loop.submit(() -> {
                    doorway.attach(stage.directoryOf(call));
                    return null;
                })
                .get(10, TimeUnit.SECONDS);
        stage.answer(call, "ok");
        return clients.caller();
    }

    private int run(Caller caller, String name, String value) throws Exception {
        BlockingQueue<Integer> status = new LinkedBlockingQueue<>();
        loop.execute(() -> caller.scripts().run(new TreeMap<>(Map.of(name, value)), status::add));
        Integer heard = status.poll(10, TimeUnit.SECONDS);
        return heard == null ? -99 : heard;
    }

    @Test
    void aScriptRunsInTheShimWithWhatTheServiceSays() throws Exception {
        Path script = stage.executable(
                "script", "#!/bin/sh\nprintf '%s|%s' \"$reason\" \"$EXTRA\" >'" + root + "/seen'\nexit 4\n");
        Process shim = stage.start("-d", "-e", "EXTRA=it's", "-sf", script.toString(), "eth0");
        assertEquals(4, run(attach(), "reason", "a'b\"$(id)"));
        assertEquals("a'b\"$(id)|it's", Files.readString(root.resolve("seen")));
        stage.terminate(shim);
        ShimStage.await("the end", () -> clients.events().equals(List.of("start eth0", "ended 0")));
    }

    @Test
    void aKilledShimLeavesNothing() throws Exception {
        Process shim = stage.start("-d", "eth0");
        attach();
        shim.destroyForcibly().waitFor();
        ShimStage.await("the end", () -> clients.events().equals(List.of("start eth0", "ended 0")));
        ShimStage.await("the directory's end", () -> !Files.exists(stage.directory(shim)));
    }

    @Test
    void aMissingScriptIsNoStatus() throws Exception {
        Process shim = stage.start("-d", "-sf", "/nonexistent", "eth0");
        assertEquals(-1, run(attach(), "reason", "BOUND"));
        stage.terminate(shim);
    }

    @Test
    void aReleaseRunIsDoneAtOnce() throws Exception {
        Process shim = stage.start("-d", "-q", "-r", "eth0");
        String call = stage.nextCall();
        doorway.attach(stage.directoryOf(call));
        stage.answer(call, "ok");
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals(List.of("release eth0"), clients.events());
        assertFalse(Files.exists(stage.directory(shim)));
    }
}
