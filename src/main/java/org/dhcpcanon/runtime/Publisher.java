package org.dhcpcanon.runtime;

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
    private final Wishes wishes;
    private final LeaseSink sink;
    private final Outbox outbox;
    /** As last told or shown. What was told of a lease that is over is kept only to be told as its past. */
    private SortedMap<String, String> options = LeaseNews.NOTHING;
    /** The lease that they are of. */
    private Optional<Lease> described = Optional.empty();
    /** The lease that is shown, and its end on the wall clock: set once, since that clock may be set. */
    private Optional<Lease> shown = Optional.empty();

    private OptionalLong expiry = OptionalLong.empty();

    Publisher(int number, Surroundings surroundings, RoutePolicy routes, Wishes wishes, LeaseSink sink) {
        this.number = number;
        this.surroundings = surroundings;
        this.routes = routes;
        this.wishes = wishes;
        this.sink = sink;
        this.outbox = new Outbox(sink);
    }

    /** See {@link LeaseSink#configures}. */
    boolean configures() {
        return sink.configures();
    }

    /** Before the client begins. */
    void prepare(Runnable prepared) {
        tell(new LeaseNews(LeaseReason.PREINIT, LeaseNews.NOTHING, LeaseNews.NOTHING), answer -> prepared.run());
    }

    /**
     * Nothing comes after this; what waits to be told is told before it.
     *
     * @param reason STOP or RELEASE
     * @param old what the lease held
     */
    void conclude(LeaseReason reason, SortedMap<String, String> old, Runnable concluded) {
        if (!configures()) {
            close();
            concluded.run();
            return;
        }
        tell(new LeaseNews(reason, LeaseNews.NOTHING, old), answer -> {
            close();
            concluded.run();
        });
    }

    /** A lease is there. */
    void publish(LeaseReason reason, Lease lease, Consumer<SinkAnswer> answer) {
        // One that was shown a moment before it is told is not its own past.
        SortedMap<String, String> old = described.filter(lease::equals).isPresent() ? LeaseNews.NOTHING : options;
        describe(lease);
        tell(new LeaseNews(reason, options, old), answer);
    }

    /** See {@link LeaseSink#renamed}. */
    void renamed(String name) {
        sink.renamed(name);
    }

    /** Something that is not a lease. */
    void announce(LeaseReason reason, Runnable told) {
        SortedMap<String, String> old = options;
        forget();
        tell(new LeaseNews(reason, options, old), answer -> told.run());
    }

    private void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
        outbox.tell(news, answer);
        surroundings.watcher().told(number, news);
    }

    /** The last lease is not the past of the next one. */
    void forget() {
        options = LeaseNews.NOTHING;
        described = Optional.empty();
    }

    private void describe(Lease lease) {
        options = variables(lease);
        described = Optional.of(lease);
    }

    /** The lease as {@link LeaseNews#options}; empty without one. */
    SortedMap<String, String> options(Optional<Lease> held) {
        if (held.isPresent() && options.isEmpty()) {
            describe(held.get());
        }
        return held.isPresent() ? options : LeaseNews.NOTHING;
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
        return wishes.told(PassedOn.of(LeaseVariables.of(lease, wallExpiry(lease)), routes), lease.options());
    }

    /** The lease as it is kept in files. */
    LeaseEntry entry(String interfaceName, Lease lease) {
        return new LeaseEntry(
                interfaceName,
                lease,
                options(Optional.of(lease)),
                wall(lease.times().renewAt()),
                wall(lease.times().rebindAt()),
                wall(lease.times().expiresAt()),
                wishes.epochDates());
    }

    private long wallExpiry(Lease lease) {
        return wall(lease.times().expiresAt());
    }

    /** Seconds since 1970; {@code Long.MAX_VALUE} for never, as on the boot clock. */
    private long wall(long time) {
        if (time == Long.MAX_VALUE) {
            return time;
        }
        long remaining = time - surroundings.clock().now();
        return TimeUnit.NANOSECONDS.toSeconds(surroundings.clock().wall() + remaining);
    }

    void close() {
        outbox.close();
    }
}
