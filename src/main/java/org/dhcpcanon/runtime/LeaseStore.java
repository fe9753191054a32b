package org.dhcpcanon.runtime;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;

/** Remembers one client's lease, in /run only, so that a restarted service can go on with it. */
public interface LeaseStore {
    void remember(Lease lease);

    void forget();

    /** Empty if there is none, or it cannot be read. */
    Optional<Lease> recall();
}
