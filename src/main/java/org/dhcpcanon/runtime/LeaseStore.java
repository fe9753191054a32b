package org.dhcpcanon.runtime;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;

/** Remembers one lease, in /run only. */
public interface LeaseStore {
    /** Remembers nothing. */
    LeaseStore NONE = new LeaseStore() {
        @Override
        public void remember(Lease lease) {}

        @Override
        public void forget() {}

        @Override
        public Optional<Lease> recall() {
            return Optional.empty();
        }
    };

    void remember(Lease lease);

    void forget();

    /** Empty if there is none, or it cannot be read. */
    Optional<Lease> recall();
}
