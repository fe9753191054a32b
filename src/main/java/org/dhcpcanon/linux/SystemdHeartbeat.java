package org.dhcpcanon.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.runtime.Heartbeat;
import org.tinylog.Logger;

/** The watchdog of systemd, sd_notify(3): a datagram now and then, or the service is started anew. */
public final class SystemdHeartbeat implements Heartbeat {
    private static final byte[] BEAT = "WATCHDOG=1".getBytes(StandardCharsets.US_ASCII);

    private final DatagramSender systemd;
    private final long period;
    private long next;

    private SystemdHeartbeat(DatagramSender systemd, long period) {
        this.systemd = systemd;
        this.period = period;
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
            long half = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(period)) / 2;
            return new SystemdHeartbeat(new DatagramSender(socket), half);
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
        try {
            systemd.send(BEAT);
        } catch (ErrnoException e) {
            // Another one follows in time.
            Logger.debug("no heartbeat: {}", e.getMessage());
        }
    }
}
