package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.dhcpcanon.lab.Eventually;
import org.dhcpcanon.lab.Shell;

/** A booted Debian (12, unless an option says otherwise) with NetworkManager and a DHCP server: {@code test-fixtures/lab/boot} for tests. */
public final class Machine implements AutoCloseable {
    private static final String BOOT =
            Path.of("test-fixtures/lab/boot").toAbsolutePath().toString();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String id;

    private Machine(String id) {
        this.id = id;
    }

    /** Booted, with an address that NetworkManager got by the client of its own; options as of {@code boot up}. */
    public static Machine up(String... options) {
        Machine machine = new Machine("boot" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        try {
            machine.run("up", options).ok();
            machine.awaitAddress();
        } catch (AssertionError e) {
            machine.close();
            throw e;
        }
        return machine;
    }

    private Shell.Output run(String command, String... arguments) {
        return Shell.run(Stream.concat(Stream.of(BOOT, command, "--id", id), Stream.of(arguments))
                .toList());
    }

    /**
     * Shuts it down and boots it again, with what it has on its disk; it must be {@code up("--disk")}.
     *
     * @param options with another suite, what a distribution upgrade leaves: its programs, and what was changed before
     */
    public void reboot(String... options) {
        run("reboot", options).ok();
    }

    /** A script for bash, as root, which must succeed; what it says. */
    public String script(String text) {
        return run("exec", "--", "bash", "-ec", text).ok().strip();
    }

    /** The directory that the machine sees as /lab. */
    public Path state() {
        return Path.of(run("state").ok().strip());
    }

    /** The package that was built. */
    static Path deb() {
        Path target = Path.of(System.getProperty("dhcpcanon.image")).resolveSibling("");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "dhcpcanon_*_all.deb")) {
            return found.iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Installs what was built, with what it depends upon being there. */
    public void install() {
        try {
            Files.copy(deb(), state().resolve("dhcpcanon.deb"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        script("dpkg -i /lab/dhcpcanon.deb");
    }

    /** Installs the same files as a later version. */
    void upgrade() {
        script("dpkg-deb -R /lab/dhcpcanon.deb /tmp/later"
                + " && sed -i 's/^Version: .*/Version: 99/' /tmp/later/DEBIAN/control"
                + " && dpkg-deb -b /tmp/later /lab/later.deb && rm -r /tmp/later && dpkg -i /lab/later.deb");
    }

    /** As an administrator does it, and on a new connection from there on. */
    public void enable() {
        script("dhcpcanon enable --yes --reconnect");
    }

    void disable() {
        script("dhcpcanon disable --yes");
    }

    /** A script for bash, as root, however it ends. */
    public Shell.Output tried(String text) {
        return run("exec", "--", "bash", "-c", text);
    }

    public void restartNetworkManager() {
        script("systemctl daemon-reload; systemctl restart NetworkManager");
    }

    /** What NetworkManager said of its DHCP client when it started last. */
    public String backend() {
        return script("journalctl -u NetworkManager -g 'Using DHCP client' -o cat --no-pager | tail -n 1"
                + " | sed \"s/.*client '//; s/'.*//\"");
    }

    /**
     * Stops the thread of a Java program in which main() runs, and no other; it stays so until the program ends.
     *
     * @param pid of the program, as the machine counts
     */
    void holdMainThread(String pid) {
        begun("held", BOOT.replaceFirst("boot$", "hold-thread"), pid("client"), pid);
    }

    /** What happens at the far end of the wire, as when the cable is pulled out ({@code down}) or put in ({@code up}). */
    public void cable(String state) {
        atServer("ip", "link", "set", "srv0", state);
    }

    /**
     * Has another DHCP server at the far end.
     *
     * @param kind {@code ordinary}, {@code none}, or {@code short}: it refuses what the ordinary one has granted, and grants 12 seconds
     */
    void serve(String kind) {
        run("server", kind).ok();
    }

    /** Another host on the wire, which has an address until it is destroyed. */
    Process neighbour(String address) {
        String program = BOOT.replaceFirst("boot$", "has-address");
        return begun("there", "nsenter", serverNetwork(), program, "srv0", address);
    }

    /** A program that says a word when it has begun. */
    private static Process begun(String word, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = process.inputReader(StandardCharsets.UTF_8).readLine();
            assertEquals(word, said);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command in the server's network. */
    void atServer(String... command) {
        Shell.run(Stream.concat(Stream.of("nsenter", serverNetwork()), Stream.of(command))
                        .toList())
                .ok();
    }

    private String serverNetwork() {
        return "--net=/proc/" + pid("server") + "/ns/net";
    }

    /** What the DHCP server's end of the wire sees from now on, until {@link Capture#audit}. */
    Capture capture() {
        return new Capture(this, serverNetwork());
    }

    /** The first process of one side, as the host counts. */
    private String pid(String side) {
        return Shell.run(List.of("cat", run("state").ok().strip() + "/" + side + ".pid"))
                .ok()
                .strip();
    }

    /** A property of our unit. */
    String unit(String property) {
        return script("systemctl show -P " + property + " dhcpcanon.service");
    }

    /** The address of eth0 with its prefix; empty for none. */
    public String address() {
        return script("ip -4 -o addr show dev eth0 | awk '{ print $4 }'");
    }

    public void awaitAddress() {
        Eventually.holds(
                "connected",
                Duration.ofSeconds(60),
                () -> connected() && !address().isEmpty());
    }

    public boolean connected() {
        return script("nmcli -g DEVICE,STATE device").lines().anyMatch("eth0:connected"::equals);
    }

    /** State of the client of eth0, by D-Bus, such as {@code bound}; empty if there is none. */
    public String clientState() {
        return script(
                        "busctl --list tree org.dhcpcanon1 | grep -x '/org/dhcpcanon1/Client/[0-9]*' | while read -r path; do"
                                + " busctl get-property org.dhcpcanon1 $path org.dhcpcanon1.Client State; done")
                .replaceAll("s \"(.*)\"", "$1");
    }

    public void awaitBound() {
        Eventually.holds("bound", Duration.ofSeconds(60), () -> clientState().equals("bound"));
    }

    /** DHCP requests that the server has seen. */
    public long requests() {
        return received("REQUEST");
    }

    /** DHCP messages of a type, such as {@code RELEASE}, that the server has seen. */
    long received(String type) {
        return script("cat /lab/server.log")
                .lines()
                .filter(line -> line.contains("DHCP" + type + "("))
                .count();
    }

    /** All that {@code enable} could change, with its content. */
    String configuration() {
        return script(
                "cd /etc; find NetworkManager systemd/system apparmor.d dhcpcanon -type f -o -type l 2>/dev/null | sort | xargs -d '\\n' md5sum;"
                        + " ls -l /usr/sbin/dhclient /usr/local/sbin || true");
    }

    /** Every path of the disk and of /run that could be ours. */
    List<String> traces() {
        return script("{ find / -xdev -path /proc -prune -o -path /lab -prune -o -iname '*dhcpcanon*' -print;"
                        + " find /run /tmp -iname '*dhcpcanon*'; grep -rlI dhcpcanon /etc || true; } | sort -u")
                .lines()
                .toList();
    }

    @Override
    public void close() {
        Path logs = Path.of("target/lab-logs", id).toAbsolutePath();
        String state = run("state").ok().strip();
        Shell.run(List.of("bash", "-c", "mkdir -p " + logs + " && cp " + state + "/*.log " + logs));
        run("exec", "--", "bash", "-c", "journalctl --no-pager -b >/lab/journal.log");
        Shell.run(List.of("cp", state + "/journal.log", logs.toString()));
        run("down").ok();
    }
}
