package org.dhcpcanon.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A throw-away machine with NetworkManager, a bus and a DHCP server: {@code test-fixtures/lab/lab} for tests. */
final class Lab implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("test-fixtures/lab").toAbsolutePath();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String id;
    private final Path state;

    private Lab(String id) {
        this.id = id;
        this.state = Path.of(run("state").ok().strip());
    }

    /** A machine that is up, with dhcpcanon as its client; options as of {@code lab up}. */
    static Lab up(String... options) {
        Lab lab = new Lab("it" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        try {
            lab.run("up", options).ok();
        } catch (AssertionError e) {
            lab.close();
            throw e;
        }
        return lab;
    }

    /** Any command of the lab. */
    Shell.Output run(String command, String... arguments) {
        return Shell.run(
                Stream.concat(Stream.of(DIRECTORY.resolve("lab").toString(), command, "--id", id), Stream.of(arguments))
                        .toList());
    }

    /** Runs a program inside, which may fail. */
    Shell.Output attempt(String... command) {
        return run("exec", Stream.concat(Stream.of("--"), Stream.of(command)).toArray(String[]::new));
    }

    /** What a program inside says, which must succeed. */
    String inside(String... command) {
        return attempt(command).ok();
    }

    /** A script for bash, inside. */
    String script(String text) {
        return inside("bash", "-c", text);
    }

    /** Starts a script inside, which goes on by itself; its output goes to a log of the lab. */
    void begin(String name, String text) {
        inside("bash", "-c", "setsid bash -c '" + text + "' </dev/null >>/lab/" + name + ".log 2>&1 &");
    }

    /** Starts a program of the lab's at the server, which is ended with the lab; its output goes to a log. */
    void beginAtServer(String name, String... arguments) {
        String program = DIRECTORY.resolve(name).toString();
        List<String> command = Stream.of(
                        Stream.of(DIRECTORY.resolve("lab").toString(), "sexec", "--id", id, "--", program),
                        Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
        File log = state.resolve(name + ".log").toFile();
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.holds(
                "begun", Duration.ofSeconds(10), () -> log(name + ".log").contains("there"));
    }

    Shell.Output connect() {
        return attempt("nmcli", "--wait", "60", "con", "up", "eth0");
    }

    void disconnect() {
        inside("nmcli", "con", "down", "eth0");
    }

    /** The address that the kernel has, with its prefix; empty for none. */
    String address(String interfaceName) {
        return script("ip -4 -o addr show dev " + interfaceName + " | awk '{ print $4 }'")
                .strip();
    }

    /** Seconds that the kernel still gives the address; 0 without one. */
    int validSeconds() {
        String text = script("ip -4 addr show dev eth0 | sed -n 's/.*valid_lft \\([0-9]*\\)sec.*/\\1/p'")
                .strip();
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    /** NetworkManager's DHCP4 block of nmcli. */
    Map<String, String> networkManagerOptions() {
        Map<String, String> options = new TreeMap<>();
        inside("nmcli", "-f", "DHCP4", "device", "show", "eth0").lines().forEach(line -> {
            int colon = line.indexOf(':');
            int equals = line.indexOf(" = ");
            if (equals > colon && colon >= 0) {
                options.put(line.substring(colon + 1, equals).strip(), line.substring(equals + 3));
            }
        });
        return options;
    }

    /** NetworkManager's word for the state of the device, such as {@code connected}. */
    String deviceState(String interfaceName) {
        return script("nmcli -t -f DEVICE,STATE device | sed -n 's/^" + interfaceName + "://p'")
                .strip();
    }

    void awaitState(String state, Duration limit) {
        Eventually.holds("eth0 is " + state, limit, () -> deviceState("eth0").equals(state));
    }

    /** Captured on one interface, oldest first. */
    List<Packet> packets(String interfaceName) {
        Path file = state.resolve(interfaceName + ".pcap");
        return Packet.table(Shell.run(List.of(DIRECTORY.resolve("decode").toString(), "--tsv", file.toString()))
                .ok());
    }

    /** Those of a kind, on eth0. */
    List<Packet> packets(String interfaceName, String kind) {
        return packets(interfaceName).stream().filter(p -> p.is(kind)).toList();
    }

    /** The packet after the first {@code skip} of its kind, waited for. */
    Packet awaitPacket(String kind, int skip, Duration limit) {
        return Eventually.has(
                kind + " number " + (skip + 1),
                limit,
                () -> packets("eth0", kind).stream().skip(skip).findFirst());
    }

    /** Host pids of the processes whose command line contains the text. */
    List<Long> pids(String text) {
        return run("pids")
                .ok()
                .lines()
                .filter(line -> line.contains(text))
                .map(line -> Long.valueOf(line.substring(0, line.indexOf(' '))))
                .toList();
    }

    /** The processes that NetworkManager or a test has started as dhclient. */
    List<Long> shims() {
        return pids("/sh/dhclient ");
    }

    /** One that has ended since it was listed is as good as killed: the end of one process may bring that of another. */
    void kill(long pid) {
        Shell.Output output = Shell.run(List.of("kill", "-KILL", Long.toString(pid)));
        if (Files.exists(Path.of("/proc", Long.toString(pid)))) {
            output.ok();
        }
    }

    /** A file of the state directory; empty if it is not there. */
    String log(String name) {
        Path file = state.resolve(name);
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The raw capture, for what may be in no packet at all. */
    String capture(String interfaceName) {
        try {
            return new String(Files.readAllBytes(state.resolve(interfaceName + ".pcap")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Dhcpcanon service() {
        return new Dhcpcanon(this);
    }

    /** Keeps the logs below target/lab-logs and ends everything. */
    @Override
    public void close() {
        Path logs = Path.of("target/lab-logs", id).toAbsolutePath();
        List<String> keep = new ArrayList<>(List.of("bash", "-c"));
        keep.add("mkdir -p " + logs + " && cp " + state + "/*.log " + state + "/*.pcap " + logs);
        Shell.run(keep);
        run("down").ok();
    }
}
