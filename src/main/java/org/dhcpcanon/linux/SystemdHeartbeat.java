package org.dhcpcanon.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jnr.ffi.Pointer;
import org.dhcpcanon.runtime.Heartbeat;
import org.tinylog.Logger;

/** The watchdog of systemd, sd_notify(3): a datagram now and then, or the service is started anew. */
public final class SystemdHeartbeat implements Heartbeat {
    private static final byte[] BEAT = "WATCHDOG=1".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_PATH = 107;
    /** sun_family, the path, and its NUL. */
    private static final int ADDRESS = 2 + LONGEST_PATH + 1;

    private final int fd;
    private final Pointer address = Libc.allocate(ADDRESS);
    private final int addressLength;
    private final Pointer message = Libc.allocate(BEAT.length);
    private final long period;
    private long next;

    private SystemdHeartbeat(String path, long period) throws IOException {
        this.period = period;
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > LONGEST_PATH) {
            throw new IOException("NOTIFY_SOCKET is no name of a socket");
        }
        if (name[0] == '@') {
            name[0] = 0;
        }
        address.putShort(0, (short) Linux.AF_UNIX);
        address.put(2, name, 0, name.length);
        // A name in the abstract namespace is as long as it is, one of a file ends with NUL.
        addressLength = 2 + name.length + (name[0] == 0 ? 0 : 1);
        message.put(0, BEAT, 0, BEAT.length);
        int type = Linux.SOCK_DGRAM | Linux.O_CLOEXEC | Linux.O_NONBLOCK;
        fd = ErrnoException.descriptor(Libc.C.socket(Linux.AF_UNIX, type, 0), "socket(AF_UNIX)");
    }

    /**
     * As the environment says; none if nobody watches this process.
     *
     * @param environment NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, see sd_watchdog_enabled(3)
     * @param processId ours
     */
    public static Heartbeat from(Map<String, String> environment, long processId) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        String period = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean isOurs =
                environment.getOrDefault("WATCHDOG_PID", "" + processId).equals("" + processId);
        if (socket.isEmpty() || !isOurs || !period.matches("[1-9][0-9]{0,17}")) {
            return NONE;
        }
        try {
            return new SystemdHeartbeat(socket, TimeUnit.MICROSECONDS.toNanos(Long.parseLong(period)) / 2);
        } catch (IOException e) {
            Logger.warn("systemd will not hear that the service lives: {}", e.getMessage());
            return NONE;
        }
    }

    @Override
    public long deadline() {
        return next;
    }

    @Override
    public void beat(long now) {
        if (now < next) {
            return;
        }
        next = now + period;
        // A datagram that is lost is followed by another one in time.
        if (Libc.C.sendto(fd, message, BEAT.length, 0, address, addressLength) < 0) {
            Logger.debug("no heartbeat: errno {}", Libc.errno());
        }
    }
}
