package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.runtime.Heartbeat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdHeartbeatTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path directory;

    private static Heartbeat heartbeat(String socket) {
        return SystemdHeartbeat.from(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "60000000"), 7);
    }

    @Test
    void systemdHearsTwiceInEachPeriod() {
        Path socket = directory.resolve("notify");
        try (DatagramReceiver systemd = DatagramReceiver.at(socket)) {
            Heartbeat heartbeat = heartbeat(socket.toString());
            heartbeat.beat(SECOND);
            assertEquals(Optional.of("WATCHDOG=1"), systemd.heard());
            assertEquals(31 * SECOND, heartbeat.deadline());
            heartbeat.beat(31 * SECOND - 1);
            assertEquals(Optional.empty(), systemd.heard());
            heartbeat.beat(31 * SECOND);
            assertEquals(Optional.of("WATCHDOG=1"), systemd.heard());
        }
    }

    @Test
    void theSocketMayBeInTheAbstractNamespace() {
        String name = "dhcpcanon-test-" + ProcessHandle.current().pid();
        try (DatagramReceiver systemd = DatagramReceiver.inTheAbstract(name)) {
            heartbeat("@" + name).beat(0);
            assertEquals(Optional.of("WATCHDOG=1"), systemd.heard());
        }
    }

    @Test
    void nobodyThereIsNoTrouble() {
        Heartbeat heartbeat = heartbeat(directory.resolve("nobody").toString());
        heartbeat.beat(SECOND);
        assertEquals(31 * SECOND, heartbeat.deadline());
    }

    @Test
    void whoIsNotWatchedSaysNothing() {
        assertSame(Heartbeat.NONE, SystemdHeartbeat.from(Map.of(), 7));
        assertSame(Heartbeat.NONE, SystemdHeartbeat.from(Map.of("NOTIFY_SOCKET", "/x"), 7));
        Map<String, String> others = Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "1000", "WATCHDOG_PID", "8");
        assertSame(Heartbeat.NONE, SystemdHeartbeat.from(others, 7));
        assertEquals(Long.MAX_VALUE, Heartbeat.NONE.deadline());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "", "99999999999999999999"})
    void aPeriodThatIsNoneIsNone(String period) {
        assertSame(Heartbeat.NONE, SystemdHeartbeat.from(Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", period), 7));
    }

    @Test
    void aNameThatIsTooLongIsNone() {
        assertSame(Heartbeat.NONE, heartbeat("/" + "x".repeat(200)));
    }
}
