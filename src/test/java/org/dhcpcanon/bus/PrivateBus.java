package org.dhcpcanon.bus;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A message bus of the test's own, configured as a system bus is, on a socket in a temporary directory. */
public final class PrivateBus implements AutoCloseable {
    /** What Debian's system bus lets everybody do. */
    private static final String SYSTEM = """
            <policy context="default">
              <allow user="*"/>
              <deny own="*"/>
              <deny send_type="method_call"/>
              <allow send_type="signal"/>
              <allow send_requested_reply="true" send_type="method_return"/>
              <allow send_requested_reply="true" send_type="error"/>
              <allow receive_type="method_call"/>
              <allow receive_type="method_return"/>
              <allow receive_type="error"/>
              <allow receive_type="signal"/>
              <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
              <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Introspectable"/>
            </policy>
            <policy user="root">
              <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Monitoring"/>
            </policy>
            """;

    private static final String POLKIT = "/usr/share/dbus-1/system.d/org.freedesktop.PolicyKit1.conf";

    private static final String OPEN = """
            <policy context="mandatory">
              <allow own="*"/>
              <allow send_type="method_call"/>
              <allow send_destination="*"/>
            </policy>
            """;

    private final Path directory;
    private final String policy;
    private Process daemon;

    /** What a program said. */
    record Result(int status, String out, String err) {
        String all() {
            return out + err;
        }
    }

    private PrivateBus(Path directory, String policy) throws Exception {
        this.directory = directory;
        this.policy = policy;
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.daemon = launch();
    }

    /** With the policy that is installed. */
    static PrivateBus asInstalled(Path directory) throws Exception {
        Path installed = Path.of("dbus/org.dhcpcanon1.conf").toAbsolutePath();
        return new PrivateBus(
                directory,
                SYSTEM + "<include>" + installed + "</include><include ignore_missing=\"yes\">" + POLKIT
                        + "</include>");
    }

    /** With the policy of an administrator who allows everything. */
    public static PrivateBus open(Path directory) throws Exception {
        return new PrivateBus(directory, SYSTEM + OPEN);
    }

    public String address() {
        return "unix:path=" + directory.resolve("bus");
    }

    private Process launch() throws Exception {
        Path config = directory.resolve("bus.conf");
        Files.deleteIfExists(directory.resolve("bus"));
        Files.writeString(
                config,
                "<busconfig><type>system</type><listen>" + address() + "</listen><auth>EXTERNAL</auth>" + policy
                        + "</busconfig>");
        Process started = new ProcessBuilder("dbus-daemon", "--nofork", "--nopidfile", "--config-file=" + config)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        for (int i = 0; i < 500 && started.isAlive() && !isListening(); i++) {
            Thread.sleep(10);
        }
        if (!started.isAlive() || !isListening()) {
            throw new IOException("no dbus-daemon: " + Files.readString(directory.resolve("log")));
        }
        return started;
    }

    /** The socket is there a moment before anybody listens. */
    private boolean isListening() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("bus")))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public void kill() throws Exception {
        daemon.destroyForcibly().waitFor();
    }

    void restart() throws Exception {
        daemon = launch();
    }

    /** busctl with this bus, as root. */
    Result busctl(String... arguments) throws Exception {
        return run(join(new String[] {"busctl", "--address=" + address()}, arguments));
    }

    /** busctl with this bus, as nobody. */
    Result busctlAsNobody(String... arguments) throws Exception {
        return runAsNobody(join(new String[] {"busctl", "--address=" + address()}, arguments));
    }

    Result runAsNobody(String... command) throws Exception {
        return run(join(new String[] {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}, command));
    }

    private static String[] join(String[] first, String[] second) {
        String[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Starts a program that knows of this bus. */
    Process begin(Path output, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", address());
        return builder.start();
    }

    Result run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(new TreeMap<>(Map.of("DBUS_SYSTEM_BUS_ADDRESS", address(), "LC_ALL", "C")));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("still running: " + String.join(" ", command));
        }
        return new Result(process.exitValue(), out, err);
    }

    @Override
    public void close() throws IOException {
        Objects.requireNonNull(daemon).destroy();
    }
}
