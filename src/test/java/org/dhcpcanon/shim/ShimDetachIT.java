package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the real shim goes into the background, and with which exit status it lets its caller go: as ISC dhclient 4.4.3 does. */
class ShimDetachIT extends WithBothShells {
    private final List<ProcessHandle> children = new ArrayList<>();

    @AfterEach
    void end() {
        children.forEach(child -> {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        });
    }

    private Path pidFile() {
        return root.resolve("pid");
    }

    private Process start(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-pf", pidFile().toString(), "eth0"));
        return stage.start(all.toArray(String[]::new));
    }

    /** The child whose directory it is. */
    private ProcessHandle childOf(Path directory) {
        String name = String.valueOf(directory.getFileName());
        ProcessHandle child = ProcessHandle.of(Long.parseLong(name.substring("shim.".length())))
                .orElseThrow();
        children.add(child);
        return child;
    }

    private record Served(ProcessHandle child, Path directory, FifoService service) {}

    private Served serve() throws Exception {
        String call = stage.nextCall();
        Path directory = Path.of(stage.directoryOf(call));
        FifoService service = new FifoService(directory);
        stage.answer(call, "ok");
        return new Served(childOf(directory), directory, service);
    }

    private static String status(ProcessHandle process, String field) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    private static String session(ProcessHandle process) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
    }

    private static Path link(ProcessHandle process, String name) throws Exception {
        return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/" + name));
    }

    @Test
    void theCallerGoesOnWhenScriptLeaseFileAndPidFileAreDone() throws Exception {
        Path script = stage.executable(
                "script", "#!/bin/sh\nls '" + root + "' >'" + root + "/seen'\necho told >>'" + root + "/leases'\n");
        Process shim =
                start("-sf", script.toString(), "-lf", root.resolve("leases").toString());
        Served served = serve();
        Files.writeString(served.directory().resolve("env.1"), "PATH='/bin'\n");
        served.service().send("run 1 env.1");
        assertEquals("1 0", served.service().hear());
        Files.writeString(served.directory().resolve("entry.2"), "lease {\n}\n");
        assertTrue(shim.isAlive());
        served.service().send("lease append entry.2");
        served.service().send("bound");
        assertEquals(0, ShimStage.exitOf(shim));
        assertFalse(Files.readAllLines(root.resolve("seen")).contains("pid"), "the pid file came too early");
        assertEquals("told\nlease {\n}\n", Files.readString(root.resolve("leases")));
        assertEquals(served.child().pid() + "\n", Files.readString(pidFile()));
    }

    @Test
    void whatStaysIsADaemonWithTheNameOfDhclient() throws Exception {
        Process shim = start();
        Served served = serve();
        assertNotEquals(shim.pid(), served.child().pid());
        served.service().send("bound");
        assertEquals(0, ShimStage.exitOf(shim));
        ProcessHandle child = served.child();
        ShimStage.await(
                "another parent", () -> child.parent().map(ProcessHandle::pid).orElse(0L) != shim.pid());
        assertEquals("1", status(child, "PPid"));
        assertEquals("" + child.pid(), session(child));
        assertEquals(Path.of("/"), link(child, "cwd"));
        assertEquals(Path.of("/dev/null"), link(child, "fd/1"));
        assertEquals(Path.of("/dev/null"), link(child, "fd/2"));
        String name =
                Files.readString(Path.of("/proc/" + child.pid() + "/cmdline")).split("\0", 2)[0];
        assertTrue(name.endsWith("/dhclient"), name);
        assertTrue(served.service().hearsNothing());
        child.destroy();
        assertTrue(served.service().hearsTheEnd());
        ShimStage.await("the directory's end", () -> !Files.exists(served.directory()));
    }

    @Test
    void theCallerGoesOnWithoutALeaseToo() throws Exception {
        Process shim = start("-v");
        Served served = serve();
        served.service().send("tell No DHCPOFFERS received.");
        served.service().send("failed");
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals("No DHCPOFFERS received.\nNo working leases in persistent database - sleeping.\n", stage.errors());
        assertTrue(served.child().isAlive());
        assertEquals(served.child().pid() + "\n", Files.readString(pidFile()));
    }

    @Test
    void withOneTryItEndsWith2() throws Exception {
        Process shim = start("-1", "-v");
        Served served = serve();
        served.service().send("failed");
        assertEquals(2, ShimStage.exitOf(shim));
        assertEquals("Unable to obtain a lease on first try.  Exiting.\n", stage.errors());
        assertFalse(Files.exists(pidFile()));
        assertFalse(Files.exists(served.directory()));
    }

    @Test
    void oneTryIsOverWhenTheAddressIsDeclined() throws Exception {
        Process shim = start("-1");
        serve().service().send("declined");
        assertEquals(2, ShimStage.exitOf(shim));
    }

    @Test
    void afterAFirstLeaseOneTryIsNoLongerMeant() throws Exception {
        Process shim = start("-1");
        Served served = serve();
        served.service().send("bound");
        assertEquals(0, ShimStage.exitOf(shim));
        served.service().send("failed");
        served.service().send("declined");
        assertTrue(served.service().hearsNothing());
        assertTrue(served.child().isAlive());
    }

    @Test
    void withDAndOneTryItEndsWith2InTheForeground() throws Exception {
        Process shim = start("-d", "-q", "-1");
        Served served = serve();
        assertEquals(shim.pid(), served.child().pid());
        served.service().send("failed");
        assertEquals(2, ShimStage.exitOf(shim));
    }

    @Test
    void withNwTheCallerGoesOnAtOnce() throws Exception {
        Process shim = start("-nw");
        assertEquals(0, ShimStage.exitOf(shim));
        String call = stage.nextCall();
        ProcessHandle child = childOf(Path.of(stage.directoryOf(call)));
        assertEquals(child.pid() + "\n", Files.readString(pidFile()));
        assertTrue(child.isAlive());
    }

    @Test
    void aRefusalReachesTheCaller() throws Exception {
        Process shim = start();
        stage.answer(stage.nextCall(), "Error org.dhcpcanon1.Error.NoInterface: there is no eth0");
        assertEquals(1, ShimStage.exitOf(shim));
        assertEquals("dhclient: there is no eth0\n", stage.errors());
        assertFalse(Files.exists(pidFile()));
    }

    @Test
    void aSignalBeforeTheLeaseIsForBothProcesses() throws Exception {
        Process shim = start();
        Served served = serve();
        shim.destroy();
        assertEquals(0, ShimStage.exitOf(shim));
        ShimStage.await("the child's end", () -> !served.child().isAlive());
        assertFalse(Files.exists(served.directory()));
    }

    @Test
    void theCallerDoesNotWaitForAChildThatWasKilled() throws Exception {
        Process shim = start();
        serve().child().destroyForcibly();
        assertEquals(137, ShimStage.exitOf(shim));
    }

    @Test
    void whatHappensIsForTheUserAndForNoLog() throws Exception {
        Process shim = start("-v");
        Served served = serve();
        served.service().send("tell bound to 192.0.2.7 -- renewal in 5 seconds.");
        served.service().send("bound");
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals("bound to 192.0.2.7 -- renewal in 5 seconds.\n", stage.errors());
        assertEquals("", stage.logged());
    }

    @Test
    void quietIsQuiet() throws Exception {
        Process shim = start("-v", "-q");
        Served served = serve();
        served.service().send("tell bound to 192.0.2.7");
        served.service().send("bound");
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals("", stage.errors());
    }

    @Test
    void ofSeveralInterfacesTheFirstLeaseCountsAndOnePidIsForAll() throws Exception {
        Process shim = start("-v", "eth1");
        Served first = serve();
        Served second = serve();
        assertNotEquals(first.child().pid(), second.child().pid());
        List<String> arguments =
                ArgumentFile.read(second.directory().resolve("argv")).arguments();
        assertEquals(
                1, arguments.stream().filter(word -> word.startsWith("eth")).count(), arguments.toString());
        second.service().send("bound");
        assertEquals(0, ShimStage.exitOf(shim));
        ProcessHandle daemon = ProcessHandle.of(
                        Long.parseLong(Files.readString(pidFile()).strip()))
                .orElseThrow();
        children.add(daemon);
        ShimStage.await("silence of the other", () -> isSilent(first.child()));
        assertTrue(first.service().hearsNothing(), "it takes the signal for the end");
        daemon.destroy();
        assertTrue(first.service().hearsTheEnd());
        assertTrue(second.service().hearsTheEnd());
        ShimStage.await("the end", () -> !daemon.isAlive());
    }

    private static boolean isSilent(ProcessHandle process) {
        try {
            return link(process, "fd/2").equals(Path.of("/dev/null"));
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    void ofSeveralInterfacesOneFailureIsEnoughForOneTry() throws Exception {
        Process shim = start("-1", "eth1");
        Served first = serve();
        Served second = serve();
        first.service().send("failed");
        second.service().send("failed");
        assertEquals(2, ShimStage.exitOf(shim));
        ShimStage.await(
                "the end", () -> !first.child().isAlive() && !second.child().isAlive());
    }

    @Test
    void severalInterfacesAreGivenBackOneByOne() throws Exception {
        Process shim = start("-r", "eth1");
        List<FifoService> services = List.of(serve().service(), serve().service());
        services.forEach(service -> service.send("exit 0"));
        assertEquals(0, ShimStage.exitOf(shim));
    }

    @Test
    void theLeaseFileGrowsAndIsReplaced() throws Exception {
        Path leases = root.resolve("leases");
        Process shim = start("-d", "-lf", leases.toString());
        Served served = serve();
        for (String line : List.of("append entry.1", "append entry.2", "replace entry.3", "append entry.4")) {
            String name = line.split(" ", -1)[1];
            Files.writeString(served.directory().resolve(name), name + "\n");
            served.service().send("lease " + line);
        }
        served.service().send("exit 0");
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals("entry.3\nentry.4\n", Files.readString(leases));
        assertFalse(Files.exists(root.resolve("leases.new")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "replace"})
    void aLeaseFileThatIsNoFileStaysAsItIs(String how) throws Exception {
        Path leases = Files.createSymbolicLink(root.resolve("leases"), Path.of("/dev/null"));
        Process shim = start("-d", "-lf", leases.toString());
        Served served = serve();
        Files.writeString(served.directory().resolve("entry.1"), "lease\n");
        Files.writeString(root.resolve("outside"), "lease\n");
        served.service().send("lease " + how + " entry.1");
        served.service().send("lease " + how + " ../../outside");
        served.service().send("exit 0");
        assertEquals(0, ShimStage.exitOf(shim));
        assertEquals(Path.of("/dev/null"), Files.readSymbolicLink(leases));
        assertTrue(Files.exists(root.resolve("outside")));
        Files.delete(leases);
    }

    @Test
    void everyFlagOfDhclientIsKnownWhereverItStands() throws Exception {
        for (DhclientFlag flag : DhclientFlag.values()) {
            if (flag == DhclientFlag.NO_INTERFACES || flag == DhclientFlag.HELP) {
                continue;
            }
            List<String> line = new ArrayList<>(List.of("eth0", "-d", "--no-pid", flag.text()));
            if (flag.valued()) {
                line.add("eth9");
            }
            Process shim = stage.start(line.toArray(String[]::new));
            String call = stage.nextCall();
            stage.answer(call, "Error org.dhcpcanon1.Error.NotSupported: " + flag.text());
            assertEquals(1, ShimStage.exitOf(shim));
            assertEquals("dhclient: " + flag.text() + "\n", stage.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0 -Z", "eth0 -v -pf", "-n eth0", "--nonsense"})
    void wrongArgumentsNeedNoService(String line) throws Exception {
        Process shim = stage.start(line.split(" "));
        assertTrue(shim.waitFor(5, TimeUnit.SECONDS));
        assertEquals(1, shim.exitValue());
        assertTrue(stage.errors().startsWith("dhclient: "), stage.errors());
        assertTrue(stage.errors().contains("\nUsage: dhclient"), stage.errors());
        assertFalse(Files.exists(stage.run));
    }

    @Test
    void filesAreNamedInFullForAServiceThatIsElsewhere() throws Exception {
        Process shim = stage.start("-d", "-cf", "a conf", "-e", "-cf", "-lf", "/tmp/l", "eth0");
        String here = Path.of("").toAbsolutePath().toString();
        assertEquals(
                List.of("-d", "-cf", here + "/a conf", "-e", "-cf", "-lf", "/tmp/l", "eth0"),
                ArgumentFile.read(Path.of(stage.directoryOf(stage.nextCall()), "argv"))
                        .arguments());
        stage.terminate(shim);
    }
}
