package org.dhcpcanon.runtime;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.dhcpcanon.client.Entropy;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.Lease;

/**
 * The whole client, as the service runs it, on a clock that goes from deadline to deadline; the test has the link and the entropy. One
 * of them is one start of the service.
 */
public final class VirtualLoop implements Clock, ClientWatcher, Journal {
    private final PriorityQueue<Later> later = new PriorityQueue<>();
    private final Sessions sessions;
    private String state = "stopped";
    private long now;

    /** @param now nanoseconds on the boot clock */
    public VirtualLoop(long now, Entropy entropy, Links links, Policy policy) {
        this.now = now;
        this.sessions = sessions(this, entropy, links, this, this, request -> policy);
    }

    /** With everything that a test may want to say about one client. */
    public VirtualLoop(long now, Entropy entropy, Links links, SinkFactory sinks, Policy policy, FormerLeases formers) {
        this.now = now;
        this.sessions =
                new Sessions(new Surroundings(this, entropy, links, sinks, this, this, request -> policy, formers));
    }

    /** The only place where the tests of this gate put a client together. */
    public static Sessions sessions(
            Clock clock, Entropy entropy, Links links, ClientWatcher watcher, Journal journal, Policies policies) {
        return new Sessions(new Surroundings(
                clock,
                entropy,
                links,
                (request, scripts) -> new Agreeing(),
                watcher,
                journal,
                policies,
                FormerLeases.NONE));
    }

    /** {@code suppressed} is what a caller on this machine asked to send, which is where its host name comes in. */
    public static ClientRequest request(String interfaceName, int pid, String connection, List<String> suppressed) {
        return new ClientRequest(
                interfaceName,
                pid,
                "dhclient",
                Optional.of(connection),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                suppressed,
                List.of());
    }

    public void start(ClientRequest request, Caller caller) throws AttachRefusedException {
        sessions.start(request, caller);
    }

    public void stop(String interfaceName) {
        sessions.stop(interfaceName);
    }

    /** Somebody asks in so many words to give the address back. */
    public void release(String interfaceName) {
        sessions.release(interfaceName);
    }

    public void callerEnded(Caller caller) {
        sessions.callerEnded(caller);
    }

    /** What the last client is doing; {@code stopped} if there is none. */
    public String state() {
        return state;
    }

    /** When something is to be done next, nanoseconds on the boot clock. */
    public long deadline() {
        return next();
    }

    /** Time passes, and nobody looks at the clock. */
    public void sleep(long nanoseconds) {
        now += nanoseconds;
    }

    /** Something that happens in so many nanoseconds. */
    public void after(long delay, Runnable action) {
        later.add(new Later(now + delay, action));
    }

    /** Goes on until this moment, nanoseconds on the boot clock. */
    public void runUntil(long end) {
        while (next() <= end) {
            now = Math.max(now, next());
            Later first = later.peek();
            if (first != null && first.at <= now) {
                later.remove(first);
                first.action.run();
            } else {
                sessions.act(now);
            }
        }
        now = end;
    }

    private long next() {
        Later first = later.peek();
        return Math.min(first == null ? Long.MAX_VALUE - 1 : first.at, sessions.deadline());
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long wall() {
        return 1_800_000_000_000_000_000L + now;
    }

    @Override
    public void changed(ClientView client) {
        state = client.state();
    }

    @Override
    public void gone(int number) {
        state = "stopped";
    }

    @Override
    public void write(Level level, Subject subject, String text) {}

    @Override
    public void defect(Subject subject, Throwable cause) {
        throw new IllegalStateException("a defect on " + subject.interfaceName(), cause);
    }

    private record Later(long at, Runnable action) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            return Long.compare(at, other.at);
        }
    }

    /** Takes every lease. */
    private static final class Agreeing implements LeaseSink {
        @Override
        public void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
            answer.accept(SinkAnswer.ACCEPTED);
        }

        @Override
        public void close() {}
    }

    /** A caller whose disk keeps what an earlier session of the machine has left there. */
    public static final class Disk implements Caller, LeaseStore {
        private Optional<Lease> kept = Optional.empty();

        @Override
        public void exit(int code) {}

        @Override
        public void message(String text) {}

        @Override
        public ScriptRunner scripts() {
            return (environment, status) -> status.accept(-1);
        }

        @Override
        public LeaseStore store() {
            return this;
        }

        @Override
        public void remember(Lease lease) {
            kept = Optional.of(lease);
        }

        /** A machine that lost power does not come to this: the next session finds the lease of the one before. */
        @Override
        public void forget() {}

        @Override
        public Optional<Lease> recall() {
            return kept;
        }
    }
}
