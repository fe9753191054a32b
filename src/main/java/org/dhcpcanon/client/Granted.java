package org.dhcpcanon.client;

import org.dhcpcanon.lease.Lease;

/** What follows when a server has granted a lease that was not in use until now. */
final class Granted {
    private Granted() {}

    /** @param reason BOUND or REBOOT */
    static Step begun(Lease lease, Search search, LeaseReason reason, Turn turn) {
        if (search.held().isEmpty()) {
            return probed(lease, search, reason, turn);
        }
        if (search.held().filter(old -> isSame(old, lease)).isPresent()) {
            return Bound.again(lease, LeaseReason.RENEW);
        }
        return probed(lease, search.lost(turn), reason, turn).after(Bound.END, new Effect.Forget());
    }

    /** The same address in another network, given out by another server, is another lease. */
    private static boolean isSame(Lease old, Lease lease) {
        return old.address().equals(lease.address()) && old.server().equals(lease.server());
    }

    private static Step probed(Lease lease, Search search, LeaseReason reason, Turn turn) {
        return turn.probing()
                ? Step.to(new Probing(lease, search, reason), new Effect.Listen(Listening.QUIET, 0))
                : Checking.begun(lease, search, reason);
    }
}
