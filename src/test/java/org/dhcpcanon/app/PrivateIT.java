package org.dhcpcanon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.dhcpcanon.linux.Namespace;
import org.dhcpcanon.shim.InstalledShim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real shim with a service of its own, where there is no bus, on a cable to dnsmasq; and ISC dhclient 4.4.3 beside it. */
class PrivateIT {
    private static final Path IMAGE = Path.of(System.getProperty("dhcpcanon.image", "target/dhcpcanon"));
    private static final String ISC = "/usr/sbin/dhclient";

    @TempDir
    Path root;

    private final List<ProcessHandle> started = new ArrayList<>();
    private Namespace client;
    private Namespace server;
    private Path shim = Path.of("");

    PrivateIT() throws IOException {
        client = Namespace.create();
        server = Namespace.create();
    }

    @BeforeEach
    void set() throws Exception {
        client.ip("link", "add", "eth0", "type", "veth", "peer", "name", "srv0", "netns", server.path());
        client.ip("link", "set", "eth0", "up");
        server.ip("link", "set", "srv0", "up");
        server.ip("addr", "add", "10.77.0.1/24", "dev", "srv0");
        Files.createDirectories(root.resolve("settings"));
        // To ask whether somebody else has the address takes its seconds, and is not what is tried here.
        Files.writeString(root.resolve("settings/dhcpcanon.conf"), "[default]\nacd=none\n");
        Files.writeString(root.resolve("conf"), "timeout 6;\n");
        InstalledShim.at(root, "/bin/sh");
        shim = root.resolve("bin/dhclient");
        executable("script", """
                #!/bin/sh
                [ "$reason" != PREINIT ] || exit 0
                echo "$reason $new_ip_address" >>'ROOT/told'
                [ "$reason" != BOUND ] || PATH=/usr/sbin:/sbin:/usr/bin:/bin ip addr replace "$new_ip_address/24" dev eth0
                [ ! -e 'ROOT/pid' ] || echo 'the pid file is there' >>'ROOT/told'
                """.replace("ROOT", root.toString()));
    }

    @AfterEach
    void clear() throws Exception {
        for (String pid : contentOf("pid").lines().toList()) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(started::add);
        }
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        InstalledShim.removeLinks(root);
        client.close();
        server.close();
    }

    private Path executable(String name, String text) throws IOException {
        Path file = Files.writeString(root.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void serve() throws Exception {
        List<String> line = List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--port=0",
                "--interface=srv0",
                "--bind-interfaces",
                "--dhcp-authoritative",
                "--dhcp-range=10.77.0.10,10.77.0.99,1h",
                "--dhcp-leasefile=" + root.resolve("leases.dnsmasq"),
                "--log-facility=" + root.resolve("log.dnsmasq"));
        started.add(server.call(() -> new ProcessBuilder(line).start()).toHandle());
        await("dnsmasq", () -> contentOf("log.dnsmasq").contains("DHCP, IP range"));
    }

    private record Ended(int status, List<String> lines) {}

    private Ended run(String... line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + root.resolve("no-bus"));
        builder.environment().put("DHCPCANON_RUN", root.resolve("run").toString());
        builder.environment().put("DHCPCANON_SETTINGS", root.resolve("settings").toString());
        builder.environment()
                .put(
                        "DHCPCANON_SERVICE",
                        IMAGE.toAbsolutePath().resolve("bin/dhcpcanond").toString());
        Process process = client.call(builder::start);
        started.add(process.toHandle());
        assertTrue(process.waitFor(40, TimeUnit.SECONDS), "it does not come back: " + contentOf("err"));
        return new Ended(process.exitValue(), contentOf("err").lines().toList());
    }

    private Ended run(String program, List<String> flags) throws Exception {
        List<String> line = new ArrayList<>(List.of(program));
        line.addAll(flags);
        line.addAll(List.of("-sf", root + "/script", "-pf", root + "/pid", "-lf", root + "/leases"));
        line.addAll(List.of("-cf", root + "/conf", "eth0"));
        return run(line.toArray(String[]::new));
    }

    private String contentOf(String name) {
        try {
            return Files.exists(root.resolve(name)) ? Files.readString(root.resolve(name)) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited in vain for " + what);
            Thread.sleep(10);
        }
    }

    private ProcessHandle daemon() {
        return ProcessHandle.of(Long.parseLong(contentOf("pid").strip())).orElseThrow();
    }

    private static boolean isService(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("--private");
    }

    private static ProcessHandle serviceOf(ProcessHandle daemon) throws InterruptedException {
        await("the service", () -> daemon.children().anyMatch(PrivateIT::isService));
        return daemon.children().filter(PrivateIT::isService).findFirst().orElseThrow();
    }

    private int searches() throws IOException {
        return contentOf("log.dnsmasq").split("DHCPDISCOVER", -1).length - 1;
    }

    @Test
    void aLeaseIsFoundKeptBeyondTheServicesDeathAndGivenBack() throws Exception {
        serve();
        Ended ended = run(shim.toString(), List.of("-1", "-v"));
        assertEquals(0, ended.status(), ended.lines().toString());
        assertTrue(contentOf("told").matches("BOUND 10\\.77\\.0\\.[0-9]+\n"), contentOf("told"));
        int searches = searches();
        ProcessHandle daemon = daemon();
        ProcessHandle first = serviceOf(daemon);
        first.destroyForcibly();
        await("the end of the first service", () -> !first.isAlive());
        ProcessHandle second = serviceOf(daemon);
        assertNotEquals(first.pid(), second.pid());
        await(
                "its wish to hear of us",
                () -> contentOf("run/shim." + daemon.pid() + "/lease").length() > 0);
        Ended released = run(shim.toString(), List.of("-r"));
        assertEquals(0, released.status(), released.lines().toString());
        await("the end of the daemon", () -> !daemon.isAlive());
        await("the end of the second service", () -> !second.isAlive());
        await("the release", () -> contentOf("log.dnsmasq").contains("DHCPRELEASE"));
        assertEquals(searches, searches(), "the lease was not resumed");
        assertFalse(Files.exists(root.resolve("pid")));
        assertTrue(contentOf("told").contains("\nRELEASE "), contentOf("told"));
    }

    @Test
    void aStopIsToldToTheScriptAndToNobodyElse() throws Exception {
        serve();
        assertEquals(0, run(shim.toString(), List.of()).status());
        ProcessHandle daemon = daemon();
        assertEquals(0, run(shim.toString(), List.of("-x")).status());
        await("the end of the daemon", () -> !daemon.isAlive());
        assertTrue(contentOf("told").contains("\nSTOP "), contentOf("told"));
        assertFalse(contentOf("log.dnsmasq").contains("DHCPRELEASE"));
        assertFalse(Files.exists(root.resolve("pid")));
    }

    @Test
    void aKilledShimTakesItsServiceWithIt() throws Exception {
        serve();
        assertEquals(0, run(shim.toString(), List.of()).status());
        ProcessHandle service = serviceOf(daemon());
        daemon().destroyForcibly();
        await("the end of the service", () -> !service.isAlive());
    }

    @Test
    void aReadOnlyEtcIsNoHindrance() throws Exception {
        serve();
        Ended ended = run(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind /etc /etc && mount -o remount,ro,bind /etc && ! touch /etc/x 2>/dev/null && exec \"$@\"",
                "sh",
                shim.toString(),
                "-1",
                "-sf",
                root + "/script",
                "-pf",
                root + "/pid",
                "eth0");
        assertEquals(0, ended.status(), ended.lines().toString());
        assertTrue(contentOf("told").startsWith("BOUND 10.77.0."));
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(root.resolve("run"), "in the way");
        Ended ended = run(shim.toString(), List.of("-1"));
        assertEquals(1, ended.status());
        assertTrue(String.join("\n", ended.lines()).contains("cannot make " + root.resolve("run")), "" + ended);
    }

    @Test
    void anUnknownInterfaceIsRefused() throws Exception {
        Ended ended = run(shim.toString(), "-1", "--no-pid", "nothing0");
        assertEquals(1, ended.status(), ended.lines().toString());
        assertTrue(String.join("\n", ended.lines()).startsWith("dhclient: "), "" + ended);
    }

    /** What is said of an exchange, whatever addresses and times it has. */
    private static List<String> said(Ended ended) {
        List<String> lines = new ArrayList<>();
        for (String line : ended.lines()) {
            String plain = line.replaceAll("[0-9]+(\\.[0-9]+){3}", "A").replaceAll("(interval|in) [0-9]+", "$1 N");
            boolean again = !lines.isEmpty() && lines.get(lines.size() - 1).equals(plain);
            if (plain.matches("(DHCP[A-Z]+ |bound |No |Unable ).*") && !again) {
                lines.add(plain);
            }
        }
        return lines;
    }

    private void forget() throws Exception {
        if (Files.exists(root.resolve("pid"))) {
            ProcessHandle daemon = daemon();
            daemon.destroy();
            await("the end", () -> !daemon.isAlive());
        }
        client.ip("addr", "flush", "dev", "eth0");
        for (String name : List.of("pid", "told", "leases")) {
            Files.deleteIfExists(root.resolve(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "-v -1", "-q", "-1 -q"})
    void aLeaseLooksAsWithIscDhclient(String flags) throws Exception {
        serve();
        List<String> words = List.of(flags.split(" ", -1));
        Ended isc = run(ISC, words);
        // It lets its caller go a moment before it writes the file.
        await("its pid file", () -> !contentOf("pid").isEmpty());
        String told = contentOf("told").replaceAll("10\\..*", "A");
        forget();
        Ended ours = run(shim.toString(), words);
        assertEquals(isc.status(), ours.status());
        assertEquals(said(isc), said(ours));
        assertEquals(told, contentOf("told").replaceAll("10\\..*", "A"));
        assertEquals(0, ours.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "-v -1"})
    void theLackOfALeaseLooksAsWithIscDhclient(String flags) throws Exception {
        List<String> words = List.of(flags.split(" ", -1));
        Ended isc = run(ISC, words);
        boolean stays = isc.status() == 0;
        await("its pid file", () -> contentOf("pid").isEmpty() != stays);
        String told = contentOf("told");
        forget();
        Ended ours = run(shim.toString(), words);
        assertEquals(isc.status(), ours.status());
        assertEquals(said(isc), said(ours));
        assertEquals(told, contentOf("told"));
        assertEquals(stays, Files.exists(root.resolve("pid")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-r", "-x", "-Z", "-n eth0", "--version", "--help"})
    void theStatusIsThatOfIscDhclient(String flags) throws Exception {
        List<String> words = List.of(flags.split(" ", -1));
        assertEquals(run(ISC, words).status(), run(shim.toString(), words).status());
    }
}
