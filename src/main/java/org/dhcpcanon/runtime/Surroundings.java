package org.dhcpcanon.runtime;

import org.dhcpcanon.client.Entropy;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Turn;

/**
 * What every client needs from outside.
 *
 * @param clock the time
 * @param entropy random bits, cryptographic
 * @param links opens interfaces
 * @param sinks chooses whom to tell
 * @param watcher is told what becomes of the clients
 * @param journal is written
 * @param policies is asked how a client is to behave
 * @param formers remembers last leases, of those clients whose administrator wants that
 */
public record Surroundings(
        Clock clock,
        Entropy entropy,
        Links links,
        SinkFactory sinks,
        ClientWatcher watcher,
        Journal journal,
        Policies policies,
        FormerLeases formers) {
    /** What one client may know at this moment. */
    Turn turn(Policy policy, ClientRequest request, Link link) {
        return new Turn(
                clock.now(),
                policy.profile(),
                link.hardware(),
                link.hasCarrier(),
                policy.probing(),
                request.patience(),
                request.retry(),
                entropy);
    }
}
