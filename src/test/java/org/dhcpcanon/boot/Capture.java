package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.lab.Eventually;

/** DHCP and ARP as the server of a {@link Machine} sees them. */
final class Capture implements AutoCloseable {
    private final Machine machine;
    private final Path file;
    private final Process tcpdump;

    Capture(Machine machine, String namespace) {
        this.machine = machine;
        file = machine.state().resolve("wire.pcap");
        try {
            tcpdump = new ProcessBuilder(List.of(
                            "nsenter",
                            namespace,
                            "tcpdump",
                            "-Z",
                            "root",
                            "--immediate-mode",
                            "-U",
                            "-i",
                            "srv0",
                            "-w",
                            file.toString(),
                            "arp or udp port 67 or udp port 68"))
                    .redirectErrorStream(true)
                    .redirectOutput(machine.state().resolve("tcpdump.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Eventually.holds(
                "tcpdump captures", Duration.ofSeconds(5), () -> file.toFile().length() > 0);
    }

    /** Ends it; nothing in it may break a requirement, and there must be something in it. */
    void audit() {
        close();
        String rows = machine.tried("dhcpcanon packets /lab/wire.pcap").text();
        assertTrue(rows.contains("pass"), rows);
        assertFalse(rows.lines().anyMatch(row -> row.contains(" fail ")), rows);
    }

    @Override
    public void close() {
        tcpdump.destroy();
        try {
            tcpdump.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
