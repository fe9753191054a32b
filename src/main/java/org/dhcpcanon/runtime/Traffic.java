package org.dhcpcanon.runtime;

import java.util.EnumMap;
import java.util.Map;
import org.dhcpcanon.packet.DropReason;

/** Counts what one client has sent and what it has not listened to. */
final class Traffic {
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    private long sent;

    /** @param taken whether the kernel has taken the message */
    void left(boolean taken) {
        sent += taken ? 1 : 0;
    }

    void dropped(DropReason reason) {
        dropped.merge(reason, 1L, Long::sum);
    }

    /** See {@link ClientView#sent}. */
    long sent() {
        return sent;
    }

    /** See {@link ClientView#dropped}. */
    Map<DropReason, Long> dropped() {
        return dropped;
    }
}
