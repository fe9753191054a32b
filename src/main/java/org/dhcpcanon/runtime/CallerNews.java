package org.dhcpcanon.runtime;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.lease.Lease;

/** What the caller is told of its client. */
final class CallerNews {
    private final Caller caller;
    private final Clock clock;

    CallerNews(Caller caller, Clock clock) {
        this.caller = caller;
        this.clock = clock;
    }

    /** @param until when something else is done if nobody answers, nanoseconds on the boot clock */
    void sent(String interfaceName, Outgoing packet, long until) {
        caller.sent(interfaceName, packet, secondsUntil(until));
    }

    /** The lease that is in use, if there is one. */
    void bound(Optional<Lease> held) {
        held.ifPresent(lease -> caller.bound(lease, secondsUntil(lease.times().renewAt())));
    }

    /** Somebody else was told so. */
    void told(LeaseReason reason) {
        if (reason == LeaseReason.FAIL || reason == LeaseReason.V6ONLY) {
            caller.failed();
        }
    }

    private long secondsUntil(long time) {
        return TimeUnit.NANOSECONDS.toSeconds(time - clock.now());
    }
}
