package org.dhcpcanon.requirements;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.runtime.LeaseStore;

/** Remembers what it is told to, and forgets it when it is told to. */
final class Store implements LeaseStore {
    private Optional<Lease> kept = Optional.empty();

    @Override
    public void remember(Lease lease) {
        kept = Optional.of(lease);
    }

    @Override
    public void forget() {
        kept = Optional.empty();
    }

    @Override
    public Optional<Lease> recall() {
        return kept;
    }
}
