package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BootClockTest {
    private final BootClock clock = new BootClock();

    @Test
    void bootClockIsTheUptimeOfTheKernel() throws Exception {
        double before = uptime();
        double now = clock.now() / 1e9;
        double after = uptime();
        // /proc/uptime has two digits after the point.
        assertTrue(before - 0.02 <= now && now <= after + 0.02, before + " " + now + " " + after);
    }

    private static double uptime() throws Exception {
        String uptimeAndIdle = Files.readString(Path.of("/proc/uptime"));
        return Double.parseDouble(uptimeAndIdle.substring(0, uptimeAndIdle.indexOf(' ')));
    }

    @Test
    void bootClockNeverGoesBack() {
        long last = 0;
        for (int i = 0; i < 1000; i++) {
            long now = clock.now();
            assertTrue(now >= last);
            last = now;
        }
    }

    @Test
    void wallClockIsThatOfTheMachine() {
        Instant wall = Instant.ofEpochSecond(0, clock.wall());
        assertEquals(0, Duration.between(wall, Instant.now()).toSeconds());
    }
}
