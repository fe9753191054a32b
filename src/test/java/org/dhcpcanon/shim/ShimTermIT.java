package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** NetworkManager sends TERM and waits 500 ms, with its main loop standing still: in every phase that must do. */
@Isolated
class ShimTermIT extends WithBothShells {
    private Process withScript(String text) throws Exception {
        Path script = stage.executable("script", "#!/bin/sh\n" + text);
        Process shim = stage.start("-d", "-sf", script.toString(), "eth0");
        FifoService service = stage.serve();
        Files.write(stage.directory(shim).resolve("env.1"), List.of("PATH='/bin:/usr/bin'"));
        service.send("run 1 env.1");
        ShimStage.await("the script", () -> root.resolve("runs").toFile().length() > 0);
        return shim;
    }

    @Test
    void whileTheActivationIsPending() throws Exception {
        Process shim = stage.start("-d", "eth0");
        long tool = Long.parseLong(stage.nextCall());
        obeyed(shim);
        ShimStage.await(
                "the end of the D-Bus tool", () -> ProcessHandle.of(tool).isEmpty());
    }

    @Test
    void whileItWaitsForTheService() throws Exception {
        Process shim = stage.start("-d", "eth0");
        FifoService service = stage.serve();
        Thread.sleep(100);
        obeyed(shim);
        assertTrue(service.hearsTheEnd());
    }

    @Test
    void whileAScriptRuns() throws Exception {
        Process shim = withScript("echo $$ >'" + root + "/runs'\nexec sleep 60\n");
        obeyed(shim);
        long script = Long.parseLong(Files.readString(root.resolve("runs")).strip());
        ShimStage.await("the end of the script", () -> ProcessHandle.of(script).isEmpty());
    }

    @Test
    void whileAScriptRunsThatDoesNotObey() throws Exception {
        Process shim = withScript("trap '' TERM\necho $$ >'" + root + "/runs'\nwhile :; do sleep 0.1; done\n");
        obeyed(shim);
        long script = Long.parseLong(Files.readString(root.resolve("runs")).strip());
        ShimStage.await("the end of the script", () -> ProcessHandle.of(script).isEmpty());
    }

    @Test
    void whileItWaitsToTryAgain() throws Exception {
        Process shim = stage.start("-d", "eth0");
        for (int i = 0; i < 5; i++) {
            stage.answer(stage.nextCall(), ShimStage.SERVICE_GONE);
        }
        Thread.sleep(200);
        obeyed(shim);
    }

    @Test
    void whileTheLogHangs() throws Exception {
        stage.executable("path/logger", "#!/bin/sh\necho >'" + root + "/runs'\nexec sleep 60\n");
        Process shim = stage.start("-d", "eth0");
        stage.serve().send("message x");
        ShimStage.await("the logger", () -> Files.exists(root.resolve("runs")));
        obeyed(shim);
    }

    @Test
    void otherSignalsThatEndAProgramDoSoToo() throws Exception {
        for (String signal : List.of("INT", "HUP")) {
            Process shim = stage.start("-d", "eth0");
            stage.nextCall();
            new ProcessBuilder("kill", "-" + signal, "" + shim.pid()).start().waitFor();
            assertEquals(0, ShimStage.exitOf(shim));
            assertFalse(Files.exists(stage.directory(shim)));
        }
    }

    @Test
    void aReleaseStillArrivesWhenTermComesRightBehindIt() throws Exception {
        Process release = stage.start("-r", "eth0");
        String call = stage.nextCall();
        long before = System.nanoTime();
        release.destroy();
        Thread.sleep(30);
        assertTrue(ProcessHandle.of(Long.parseLong(call)).isPresent(), "the call was given up");
        stage.answer(call, "ok");
        assertEquals(0, ShimStage.exitOf(release));
        assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before) < 500);
        assertFalse(Files.exists(stage.directory(release)));
    }

    @Test
    void aReleaseThatHangsDoesNotHoldNetworkManagerUp() throws Exception {
        Process release = stage.start("-r", "eth0");
        String call = stage.nextCall();
        long before = System.nanoTime();
        release.destroy();
        assertEquals(0, ShimStage.exitOf(release));
        assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before) < 500);
        assertTrue(ProcessHandle.of(Long.parseLong(call)).isPresent(), "the call was given up");
        stage.answer(call, "ok");
    }

    /** NetworkManager kills after 500 ms. */
    private void obeyed(Process shim) throws Exception {
        long took = stage.terminate(shim);
        assertTrue(took < 500, "TERM took " + took + " ms");
    }
}
