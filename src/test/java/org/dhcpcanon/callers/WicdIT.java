package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What wicd asks of dhclient. Debian has no wicd any more, so this is not the program but its contract (wnettools.py): the version is
 * told by "4." in what {@code --version} says, a lease by a line of either output that begins with "bound", and its lack by the end of
 * file without one, for which the daemon must have let go of the pipe.
 */
@Execution(ExecutionMode.CONCURRENT)
class WicdIT {
    private static final String CONF = "/var/lib/wicd/dhclient.conf";

    /** As from its template, with the machine's name in it. */
    private static Host wicd(String extra, String... options) {
        Host host = Host.withBus(options);
        try {
            String conf = Files.readString(Path.of("test-fixtures/dhclient-conf/wicd.conf"));
            host.container.write("wicd.conf", conf.replace("<hostname>", "canary-host") + extra);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        host.script("mkdir -p /var/lib/wicd; cp /lab/wicd.conf " + CONF);
        return host;
    }

    /** Reads to the end of file, as wicd does, which must come; then the process must have ended. */
    private static List<String> lines(Host host, String arguments) {
        Shell.Output output = host.tried("timeout 20 cat < <(dhclient " + arguments + " 2>&1; echo status $?)");
        return output.ok().lines().toList();
    }

    @Test
    void theVersionHasTheDotThatItLooksFor() {
        try (Host host = wicd("")) {
            assertTrue(lines(host, "--version").get(0).contains("4."));
        }
    }

    @Test
    void aLeaseIsBoundToAndReleased() {
        try (Host host = wicd("", "--plain")) {
            List<String> said = lines(host, "-v -cf " + CONF + " eth0");
            assertTrue(said.stream().anyMatch(line -> line.startsWith("bound")), said.toString());
            assertEquals("status 0", said.get(said.size() - 1));
            assertEquals("bound", host.client("State"));
            assertTrue(host.client("Suppressed").contains("host-name"), host.client("Suppressed"));
            assertTrue(host.address().startsWith("10.77.0."), host.address());
            assertTrue(host.script("cat /etc/resolv.conf").contains("nameserver 10.77.0.1"));
            assertTrue(host.script("ip route show default").startsWith("default via 10.77.0.1 dev eth0"));

            assertEquals("status 0", last(lines(host, "-v -r eth0")));
            host.awaitNoClient();
            assertEquals("", host.address());
            assertEquals(1, host.container.packets("eth0", "RELEASE"));
            host.isUnknown();
        }
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
    }

    @Test
    void theLackOfALeaseIsTheEndOfFile() {
        try (Host host = wicd("timeout 3;\n", "--server", "none")) {
            List<String> said = lines(host, "-v -cf " + CONF + " eth0");
            assertTrue(said.contains("No DHCPOFFERS received."), said.toString());
            assertTrue(said.stream().noneMatch(line -> line.startsWith("bound")), said.toString());
            assertEquals("status 0", last(said), "it tries on, as a daemon");
            assertEquals("status 0", last(lines(host, "-v -r eth0")));
            host.awaitNoClient();
            host.isUnknown();
        }
    }
}
