package org.dhcpcanon.runtime;

import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseVariables;
import org.dhcpcanon.lease.PassedOn;
import org.dhcpcanon.lease.RoutePolicy;

/** What others learn of one client's lease: news for its sink and the watcher, and what is shown meanwhile. */
final class Publisher {
    private final int number;
    private final Surroundings surroundings;
    private final RoutePolicy routes;
    private final Outbox outbox;
    /** As last told. What was told of a lease that is over is kept only to be told as its past. */
    private SortedMap<String, String> options = Collections.emptySortedMap();
    /** The lease that is shown, and its end on the wall clock: set once, since that clock may be set. */
    private Optional<Lease> shown = Optional.empty();

    private OptionalLong expiry = OptionalLong.empty();

    Publisher(int number, Surroundings surroundings, RoutePolicy routes, LeaseSink sink) {
        this.number = number;
        this.surroundings = surroundings;
        this.routes = routes;
        this.outbox = new Outbox(sink);
    }

    /** A lease is there. */
    void publish(LeaseReason reason, Lease lease, Consumer<SinkAnswer> answer) {
        SortedMap<String, String> old = options;
        options = variables(lease);
        tell(new LeaseNews(reason, options, old), answer);
    }

    /** Something that is not a lease. */
    void announce(LeaseReason reason) {
        SortedMap<String, String> old = options;
        options = Collections.emptySortedMap();
        tell(new LeaseNews(reason, options, old), answer -> {});
    }

    private void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
        outbox.tell(news, answer);
        surroundings.watcher().told(number, news);
    }

    /** The last lease is not the past of the next one. */
    void forget() {
        options = Collections.emptySortedMap();
    }

    /** The lease as {@link LeaseNews#options}; empty without one. */
    SortedMap<String, String> options(Optional<Lease> held) {
        if (held.isPresent() && options.isEmpty()) {
            options = variables(held.get());
        }
        return held.isPresent() ? options : Collections.emptySortedMap();
    }

    /** See {@link ClientView#expiry}. */
    OptionalLong expiry(Optional<Lease> held) {
        if (!held.equals(shown)) {
            shown = held;
            expiry = held.filter(lease -> lease.times().expiresAt() != Long.MAX_VALUE)
                    .map(lease -> OptionalLong.of(wallExpiry(lease)))
                    .orElse(OptionalLong.empty());
        }
        return expiry;
    }

    private SortedMap<String, String> variables(Lease lease) {
        return PassedOn.of(LeaseVariables.of(lease, wallExpiry(lease)), routes);
    }

    /** Seconds since 1970. */
    private long wallExpiry(Lease lease) {
        long remaining = lease.times().expiresAt() - surroundings.clock().now();
        return TimeUnit.NANOSECONDS.toSeconds(surroundings.clock().wall() + remaining);
    }

    void close() {
        outbox.close();
    }
}
