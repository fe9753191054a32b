package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real shim with -x and -r, beside the one whose client is to end. */
class ShimStopIT extends WithBothShells {
    @ParameterizedTest
    @ValueSource(strings = {"-x", "-r"})
    void theServiceEndsTheClientAndThenThePidFileGoes(String flag) throws Exception {
        Path pidFile = root.resolve("pid");
        Process old = stage.start("-d", "-pf", pidFile.toString(), "eth0");
        FifoService first = stage.serve();
        Process stop = stage.start(flag, "-pf", pidFile.toString(), "eth0");
        FifoService second = stage.serve();
        assertTrue(old.isAlive(), "the service is to end it, not the shim");
        assertTrue(Files.exists(pidFile));
        first.send("exit 0");
        assertEquals(0, ShimStage.exitOf(old));
        second.send("exit 0");
        assertEquals(0, ShimStage.exitOf(stop));
        assertFalse(Files.exists(pidFile));
    }

    @Test
    void aStopRunEndsAShimThatWaitsForAService() throws Exception {
        Path pidFile = root.resolve("pid");
        Process waiting = stage.start("-d", "-pf", pidFile.toString(), "eth0");
        stage.nextCall();
        Process stop = stage.start("-x", "-pf", pidFile.toString(), "eth0");
        stage.serve().send("exit 0");
        assertEquals(0, ShimStage.exitOf(stop));
        assertEquals(0, ShimStage.exitOf(waiting));
        assertFalse(Files.exists(pidFile));
    }

    @Test
    void aStopRunRemovesAPidFileOfNobody() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path pidFile = Files.writeString(root.resolve("pid"), gone.pid() + "\n");
        Process stop = stage.start("-x", "-pf", pidFile.toString(), "eth0");
        stage.serve().send("exit 0");
        assertEquals(0, ShimStage.exitOf(stop));
        assertFalse(Files.exists(pidFile));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "-r"})
    void aStopRunLeavesAForeignProcessAlone(String flag) throws Exception {
        Path pidFile =
                Files.writeString(root.resolve("pid"), ProcessHandle.current().pid() + "\n");
        Process stop = stage.start(flag, "-pf", pidFile.toString(), "eth0");
        stage.serve().send("exit 0");
        assertEquals(0, ShimStage.exitOf(stop));
        assertNotEquals("", Files.readString(pidFile));
    }

    @Test
    void aReleaseRunDoesNotTryForEver() throws Exception {
        Process release = stage.start("-r", "eth0");
        stage.answer(stage.nextCall(), ShimStage.SERVICE_GONE);
        assertEquals(1, ShimStage.exitOf(release));
        assertFalse(Files.exists(stage.directory(release)));
    }
}
