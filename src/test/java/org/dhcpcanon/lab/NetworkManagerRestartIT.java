package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NetworkManager goes and comes back. */
@Isolated
class NetworkManagerRestartIT {
    private static final double LIMIT_SECONDS = 2;

    @ParameterizedTest
    @ValueSource(strings = {"nm-stop", "nm-kill"})
    void oneClientAndALeaseWithinTwoSecondsAfterARestart(String end) {
        try (Lab lab = Lab.up()) {
            lab.connect().ok();
            List<Long> old = lab.shims();
            lab.run(end).ok();
            double before = System.currentTimeMillis() / 1000.0;
            lab.run("nm-start").ok();

            Eventually.holds(
                    "a new client, and only one",
                    Duration.ofSeconds(10),
                    () -> lab.shims().size() == 1 && !lab.shims().equals(old));
            lab.awaitState("connected", Duration.ofSeconds(5));
            Eventually.holds(
                    "bound",
                    Duration.ofSeconds(5),
                    () -> lab.service().state("eth0").equals("bound"));
            assertEquals(1, lab.service().clients().size());
            List<String> times = Shell.run(List.of(
                            "test-fixtures/lab/timeline",
                            lab.run("state").ok().strip(),
                            "eth0",
                            Double.toString(before)))
                    .ok()
                    .lines()
                    .toList();
            double seconds = time(times, "bound") - time(times, "spawn");
            assertTrue(seconds < LIMIT_SECONDS, seconds + " s from the start of the shim to the lease");
        }
    }

    private static double time(List<String> lines, String event) {
        return lines.stream()
                .filter(line -> line.startsWith(event + "\t"))
                .mapToDouble(line -> Double.parseDouble(line.substring(event.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + event + " in " + lines));
    }
}
