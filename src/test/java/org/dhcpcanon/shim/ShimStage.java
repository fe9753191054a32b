package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Runs the real shim in a temporary directory. Its D-Bus tool is a stand-in that leaves what it was called with in {@code calls}
 * and ends as the file beside it says; its interpreter is a link to a shell with the name that the shim's has when installed.
 */
final class ShimStage {
    static final String SERVICE_GONE = "Error org.freedesktop.DBus.Error.NoReply: it died";

    final Path root;
    final Path run;
    /** Of the shim, besides what every test needs. */
    final Map<String, String> environment = new HashMap<>();

    private String search;
    private final List<Process> started = new ArrayList<>();

    ShimStage(Path root, String shell) throws IOException {
        this.root = root;
        run = root.resolve("run dir");
        search = root.resolve("path") + ":" + System.getenv("PATH");
        InstalledShim.at(root, shell);
        for (String name : List.of("path", "calls")) {
            Files.createDirectory(root.resolve(name));
        }
        tool("dbus-send");
        executable("path/logger", "#!/bin/sh\nprintf '%s\\n' \"$*\" >>'" + root + "/logged'\n");
    }

    /** The stand-in for a D-Bus tool. */
    private void tool(String name) throws IOException {
        executable("path/" + name, """
                #!/bin/sh
                call='ROOT/calls'/$$
                for last; do :; done
                printf '%s\\n' "$0 $*" >"$call.line"
                printf '%s' "${last#string:}" >"$call.new"
                mv "$call.new" "$call.call"
                until [ -e "$call.answer" ]; do
                  # The test is over, and nobody will answer.
                  [ -d 'ROOT/calls' ] || exit 1
                  sleep 0.002
                done
                read -r words <"$call.answer"
                [ "$words" = ok ] && exit 0
                printf '%s\\n' "$words" >&2
                exit 1
                """.replace("ROOT", root.toString()));
    }

    /** From now on this is the only D-Bus tool on the machine. */
    void onlyTool(String name) throws IOException {
        Files.delete(root.resolve("path/dbus-send"));
        tool(name);
        for (String program : List.of("cat", "mkdir", "mkfifo", "mv", "rm", "sh", "sleep")) {
            Files.createSymbolicLink(root.resolve("path/" + program), Path.of("/bin/" + program));
        }
        search = root.resolve("path").toString();
        Path shim = root.resolve("bin/shim.sh");
        String everywhere = "}/usr/sbin:/usr/bin:/sbin:/bin\n";
        assertTrue(Files.readString(shim).contains(everywhere));
        Files.writeString(shim, Files.readString(shim).replace(everywhere, "}/nonexistent\n"));
    }

    Path executable(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    Process start(String... arguments) throws IOException {
        return startAs(root.resolve("bin/dhclient"), arguments);
    }

    /** By another program, which becomes the shim. */
    Process startAs(Path program, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        builder.environment().put("DHCPCANON_RUN", run.toString());
        builder.environment().put("PATH", search);
        // Not a path, so that nobody looks whether it is there.
        builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", "unix:abstract=stage");
        builder.environment().put("PATH_DHCLIENT_SCRIPT", root.resolve("none").toString());
        builder.environment().put("PATH_DHCLIENT_CONF", root.resolve("none").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** The next call that nobody has taken: the id of its process. */
    String nextCall() throws Exception {
        List<String> found = new ArrayList<>();
        await("a call of the D-Bus tool", () -> {
            found.addAll(calls());
            return !found.isEmpty();
        });
        String call = found.get(0);
        Files.move(
                root.resolve("calls").resolve(call + ".call"),
                root.resolve("calls").resolve(call + ".taken"));
        return call;
    }

    private List<String> calls() {
        String[] names = root.resolve("calls").toFile().list((directory, name) -> name.endsWith(".call"));
        return Arrays.stream(names == null ? new String[0] : names)
                .map(name -> name.substring(0, name.length() - ".call".length()))
                .toList();
    }

    /** The directory that a call passed. */
    String directoryOf(String call) throws IOException {
        return Files.readString(root.resolve("calls").resolve(call + ".taken"));
    }

    String lineOf(String call) throws IOException {
        return Files.readString(root.resolve("calls").resolve(call + ".line")).stripTrailing();
    }

    /** @param words {@code ok}, or what the tool says when it fails */
    void answer(String call, String words) throws IOException {
        Path file = root.resolve("calls").resolve(call + ".temporary");
        Files.writeString(file, words + "\n");
        Files.move(file, root.resolve("calls").resolve(call + ".answer"));
    }

    /** Plays the service up to the point where the shim waits. */
    FifoService serve() throws Exception {
        String call = nextCall();
        FifoService service = new FifoService(Path.of(directoryOf(call)));
        answer(call, "ok");
        return service;
    }

    Path directory(Process shim) {
        return run.resolve("shim." + shim.pid());
    }

    String errors() throws IOException {
        return Files.readString(root.resolve("err"));
    }

    String logged() throws IOException {
        Path file = root.resolve("logged");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** Sends TERM, as NetworkManager does. Milliseconds from kill to end, which only a test that runs alone may judge. */
    long terminate(Process shim) throws Exception {
        long before = System.nanoTime();
        shim.destroy();
        // What reaches a shell in the instant before it reads is only seen with the next signal; NetworkManager sends
        // KILL then.
        if (!shim.waitFor(2, TimeUnit.SECONDS)) {
            shim.destroy();
        }
        assertTrue(shim.waitFor(5, TimeUnit.SECONDS), "the shim does not obey TERM");
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        assertEquals(0, shim.exitValue());
        assertTrue(Files.notExists(directory(shim), LinkOption.NOFOLLOW_LINKS), "the directory is left");
        return took;
    }

    static int exitOf(Process shim) throws Exception {
        assertTrue(shim.waitFor(10, TimeUnit.SECONDS), "the shim does not end");
        return shim.exitValue();
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited in vain for " + what);
            Thread.sleep(2);
        }
    }

    /** Ends what the test has left running. */
    void close() throws IOException {
        InstalledShim.removeLinks(root);
        // JUnit warns of links that lead out of its directory.
        for (Path link : Stream.of(
                        "path/cat", "path/mkdir", "path/mkfifo", "path/mv", "path/rm", "path/sh", "path/sleep")
                .map(root::resolve)
                .toList()) {
            Files.deleteIfExists(link);
        }
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }
}
