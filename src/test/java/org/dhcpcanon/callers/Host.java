package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhcpcanon.lab.Container;
import org.dhcpcanon.lab.Shell;

/** A machine with dhcpcanon in dhclient's place and without NetworkManager, for a program that wants a lease on eth0. */
final class Host implements AutoCloseable {
    private static final Path LAB = Path.of("test-fixtures/lab");
    private static final Pattern IDENTITY = Pattern.compile(" (12|60|61|77|81)=([^ ]*)");
    private static final String MAC = "02:00:00:00:00:01";

    final Container container;

    private Host(Container container) {
        this.container = container;
    }

    /** Without a bus; options as of {@code lab up}. The profile is the usual one. */
    static Host alone(String... options) {
        Container container = Container.up(options);
        container.settings("acd = none\n");
        return new Host(container);
    }

    /** With a bus, and so one service for all. */
    static Host withBus(String... options) {
        Host host = alone(options);
        host.container.bus();
        return host;
    }

    String script(String text) {
        return container.script(text);
    }

    Shell.Output tried(String text) {
        return container.tried(text);
    }

    String address() {
        return container.address("eth0");
    }

    /** Puts a program of the lab's into {@code /lab}, which alone is sure to be seen inside. */
    void take(String program) {
        try {
            container.write(program, Files.readString(LAB.resolve(program)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A property of the one client on the bus, such as {@code bound} for State; empty if there is none. */
    String client(String property) {
        return script(
                        "busctl --list tree org.dhcpcanon1 | grep -x '/org/dhcpcanon1/Client/[0-9]*' | while read -r path; do"
                                + " busctl get-property org.dhcpcanon1 $path org.dhcpcanon1.Client " + property
                                + "; done")
                .replaceAll("^s \"(.*)\"$", "$1");
    }

    /** No client is left, whoever had its service, and no directory of one. */
    void awaitNoClient() {
        container.await(
                "the end of the client",
                () -> script("ls -A /run/dhcpcanon 2>/dev/null | grep '^shim' || true")
                        .isEmpty());
        container.await("the end of its service", () -> container.services() == 0);
        if (tried("test -S /run/dbus/system_bus_socket").status() == 0) {
            container.await("no client on the bus", () -> client("State").isEmpty());
        }
    }

    /** Nobody on the wire was told who this is: no name, and no identifier but the present hardware address. */
    void isUnknown() {
        take("decode");
        List<String> sent = script("python3 /lab/decode /lab/eth0.pcap")
                .lines()
                .filter(line -> line.contains(" " + MAC + " > ") && line.contains(" options "))
                .toList();
        assertFalse(sent.isEmpty());
        for (String line : sent) {
            Matcher matcher = IDENTITY.matcher(line);
            while (matcher.find()) {
                assertEquals("61=01:" + MAC, matcher.group(1) + "=" + matcher.group(2), line);
            }
        }
        assertFalse(container.file("eth0.pcap").contains("canary"));
    }

    @Override
    public void close() {
        container.close();
    }
}
