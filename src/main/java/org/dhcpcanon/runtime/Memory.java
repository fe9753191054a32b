package org.dhcpcanon.runtime;

import org.dhcpcanon.client.Event;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.lease.Lease;

/** What is remembered of one client's lease: for a service after this one, for its connection, and for the caller's own use. */
final class Memory {
    private final Caller caller;
    private final LeaseStore former;

    private Memory(Caller caller, LeaseStore former) {
        this.caller = caller;
        this.former = former;
    }

    static Memory of(Caller caller, ClientRequest request, Policy policy, FormerLeases formers) {
        return new Memory(
                caller,
                request.connection()
                        .filter(connection -> policy.reboot())
                        .map(formers::of)
                        .orElse(LeaseStore.NONE));
    }

    /** Whether there is a lease to go on with. */
    boolean hasLease() {
        return caller.store().recall().isPresent();
    }

    /** The client begins with what is known. */
    Event.Start start() {
        return new Event.Start(caller.store().recall(), former.recall());
    }

    void remember(Lease lease, LeaseEntry entry) {
        caller.store().remember(lease);
        former.remember(lease);
        caller.record(entry);
    }

    void forget() {
        caller.store().forget();
    }

    /** The last lease of this connection is not to be asked for again. */
    void forgetFormer() {
        former.forget();
    }
}
