package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import jnr.ffi.Pointer;
import org.dhcpcanon.runtime.Heartbeat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdHeartbeatTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path directory;

    private int fd;

    @BeforeEach
    void open() {
        fd = Libc.C.socket(Linux.AF_UNIX, Linux.SOCK_DGRAM | Linux.O_NONBLOCK | Linux.O_CLOEXEC, 0);
        assertTrue(fd >= 0);
    }

    @AfterEach
    void close() {
        Libc.C.close(fd);
    }

    private void bind(byte[] name, int length) {
        Pointer address = Libc.allocate(110);
        address.putShort(0, (short) Linux.AF_UNIX);
        address.put(2, name, 0, name.length);
        assertEquals(0, Libc.C.bind(fd, address, length));
    }

    private Optional<String> heard() {
        Pointer bytes = Libc.allocate(100);
        long length = Libc.C.read(fd, bytes, 100);
        if (length < 0) {
            return Optional.empty();
        }
        byte[] text = new byte[(int) length];
        bytes.get(0, text, 0, text.length);
        return Optional.of(new String(text, StandardCharsets.US_ASCII));
    }

    private static Heartbeat heartbeat(String socket) {
        return SystemdHeartbeat.from(Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "60000000"), 7);
    }

    @Test
    void systemdHearsTwiceInEachPeriod() {
        String path = directory.resolve("notify").toString();
        bind(path.getBytes(StandardCharsets.UTF_8), 110);
        Heartbeat heartbeat = heartbeat(path);
        heartbeat.beat(SECOND);
        assertEquals(Optional.of("WATCHDOG=1"), heard());
        assertEquals(31 * SECOND, heartbeat.deadline());
        heartbeat.beat(31 * SECOND - 1);
        assertEquals(Optional.empty(), heard());
        heartbeat.beat(31 * SECOND);
        assertEquals(Optional.of("WATCHDOG=1"), heard());
    }

    @Test
    void theSocketMayBeInTheAbstractNamespace() {
        String name = "dhcpcanon-test-" + ProcessHandle.current().pid();
        bind(("\0" + name).getBytes(StandardCharsets.UTF_8), 3 + name.length());
        heartbeat("@" + name).beat(0);
        assertEquals(Optional.of("WATCHDOG=1"), heard());
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
