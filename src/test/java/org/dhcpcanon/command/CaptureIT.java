package org.dhcpcanon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.linux.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dhcpcanon packets IFACE} on a wire where ISC dhclient gets a lease from dnsmasq. */
@Timeout(120)
class CaptureIT {
    private static final Path IMAGE = Path.of(System.getProperty("dhcpcanon.image", "target/dhcpcanon"));
    private static final String OWN = "02:00:00:00:78:02";

    private final List<Process> running = new ArrayList<>();
    private Namespace client;
    private Namespace server;

    @TempDir
    Path directory;

    @BeforeEach
    void wire() throws Exception {
        client = Namespace.create();
        server = Namespace.create();
        client.ip(
                "link",
                "add",
                "eth0",
                "address",
                OWN,
                "type",
                "veth",
                "peer",
                "name",
                "srv0",
                "address",
                "02:00:00:00:78:01",
                "netns",
                server.path());
        client.ip("link", "set", "eth0", "addrgenmode", "none", "up");
        server.ip("link", "set", "srv0", "addrgenmode", "none", "up");
        server.ip("address", "add", "10.78.0.1/24", "dev", "srv0");
        begin(
                server,
                "server",
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--port=0",
                "--user=root",
                "--interface=srv0",
                "--bind-interfaces",
                "--no-ping",
                "--pid-file=",
                "--dhcp-range=10.78.0.50,10.78.0.90,120",
                "--dhcp-leasefile=" + directory.resolve("server.leases"));
        await("the server", () -> server.run("ss", "-uln").contains(":67 "));
    }

    @AfterEach
    void end() throws Exception {
        for (Process process : running) {
            process.destroyForcibly().waitFor();
        }
        server.ip("link", "delete", "srv0");
        client.close();
        server.close();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        for (int i = 0; i < 500; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("never: " + what);
    }

    private Process begin(Namespace where, String name, String... command) throws Exception {
        Process process = where.call(() -> new ProcessBuilder(command)
                .redirectOutput(out(name))
                .redirectError(directory.resolve(name + ".err").toFile())
                .start());
        running.add(process);
        return process;
    }

    private File out(String name) {
        return directory.resolve(name + ".out").toFile();
    }

    private String said(String name) throws Exception {
        return Files.readString(out(name).toPath(), StandardCharsets.UTF_8)
                + Files.readString(directory.resolve(name + ".err"));
    }

    private Process capture(Namespace where, String name, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(IMAGE.resolve("bin/dhcpcanon").toString(), "packets", "--write", file(name)));
        command.addAll(List.of(arguments));
        Process process = begin(where, name, command.toArray(String[]::new));
        await("captures: " + said(name), () -> Files.exists(Path.of(file(name))) || !process.isAlive());
        return process;
    }

    private String file(String name) {
        return directory.resolve(name + ".pcap").toString();
    }

    /** ISC dhclient, of a path that no AppArmor profile of this machine is for, and which sets nothing. */
    private void lease() throws Exception {
        Path copy = Files.copy(Path.of("/usr/sbin/dhclient"), directory.resolve("isc"));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        client.run(
                copy.toString(),
                "-1",
                "-sf",
                "/bin/true",
                "-cf",
                "/dev/null",
                "-lf",
                directory.resolve("client.leases").toString(),
                "-pf",
                directory.resolve("client.pid").toString(),
                "eth0");
        String pid = Files.readString(directory.resolve("client.pid")).strip();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    }

    private static void end(Process process, String signal) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor());
    }

    @Test
    void anExchangeIsShownJudgedAndWritten() throws Exception {
        Process here = capture(client, "here", "eth0");
        Process there = capture(server, "there", "--json", "srv0");
        lease();
        await("shown: " + said("here"), () -> said("here").contains("ACK"));
        end(here, "INT");
        end(there, "TERM");
        int status = here.waitFor();
        String text = said("here");
        assertTrue(text.contains("capturing on eth0"), text);
        assertTrue(
                text.matches("(?s).*\\d\\d:\\d\\d:\\d\\d\\.\\d{3} out DISCOVER 0x[0-9a-f]{8} " + OWN + "\n.*"), text);
        assertTrue(text.matches("(?s).* in  ACK +0x[0-9a-f]{8} " + OWN + "\n.*"), text);
        assertTrue(text.contains(OWN + ": 2 messages, 1 sessions"), text);
        assertTrue(text.endsWith("\noutgoing: 2\n"), text);
        assertTrue(text.contains("V4-19  fail"), text);
        assertEquals(0, status, text);

        there.waitFor();
        String json = said("there");
        assertTrue(json.contains("\"messages\":2,\"outgoing\":0,\"xids\":[\"0x"), json);
        assertTrue(json.contains("\"outgoing\":0,\"clients\""), json);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file("here")))));
        Process again = begin(client, "again", IMAGE.resolve("bin/dhcpcanon").toString(), "packets", file("here"));
        assertEquals(status, again.waitFor());
        String judged = text.substring(text.indexOf(OWN + ": 2 messages"), text.lastIndexOf("outgoing"));
        assertEquals(judged, said("again"));
    }

    @Test
    void silenceAndWhatCannotBeCapturedAreTold() throws Exception {
        Process silence = capture(client, "silence", "--seconds", "1", "eth0");
        assertEquals(2, silence.waitFor());
        assertTrue(said("silence").contains("\noutgoing: 0\n"), said("silence"));
        assertTrue(said("silence").endsWith("no DHCP client sends anything in eth0\n"), said("silence"));

        assertEquals(2, capture(client, "silence", "eth0").waitFor(), "the file is there");
        assertTrue(said("silence").endsWith("silence.pcap is there already\n"), said("silence"));

        assertEquals(2, capture(client, "none", "eth9").waitFor());
        assertEquals("dhcpcanon: eth9: there is no such file, and there is no interface eth9\n", said("none"));
        assertFalse(Files.exists(Path.of(file("none"))));

        Process gone = capture(client, "gone", "eth0");
        client.ip("link", "delete", "eth0");
        assertEquals(2, gone.waitFor());
        assertTrue(said("gone").endsWith("the interface eth0 is gone\n"), said("gone"));
        client.ip("link", "add", "spare", "type", "veth", "peer", "name", "srv0", "netns", server.path());
    }

    @Test
    void onlyRootCaptures() throws Exception {
        Process nobody = begin(
                client,
                "nobody",
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                IMAGE.toAbsolutePath().resolve("bin/dhcpcanon").toString(),
                "packets",
                "--seconds",
                "1",
                "eth0");
        assertEquals(4, nobody.waitFor());
        assertEquals("dhcpcanon: to capture packets is for root; try it as root (sudo)\n", said("nobody"));
    }
}
