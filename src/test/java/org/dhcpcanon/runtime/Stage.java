package org.dhcpcanon.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.settings.Profiles;

/** The world around the clients in tests: every port, played by hand, with a clock that stands still. */
final class Stage implements Clock, ClientWatcher, Journal {
    final Map<String, FakeLink> links = new HashMap<>();
    final Map<String, FakeSink> sinks = new HashMap<>();
    final List<String> journal = new ArrayList<>();
    /** Of the lines of the journal, in the same order. */
    final List<Subject> subjects = new ArrayList<>();

    final Map<Integer, ClientView> views = new HashMap<>();
    /** Whatever was shown, in that order. */
    final List<ClientView> shown = new ArrayList<>();

    final Sessions sessions;
    long now = 1_000_000_000_000L;
    boolean gone;
    /** What the sinks say of themselves. */
    boolean configures;

    Policy policy = Policy.of(Profiles.strict());
    final FakeCaller former = new FakeCaller();
    MacAddress hardware = Replies.HARDWARE;
    Optional<String> connection = Optional.empty();

    Stage() {
        SplittableRandom random = new SplittableRandom(1);
        sessions = new Sessions(new Surroundings(
                this,
                random::nextInt,
                this::open,
                (request, scripts) -> sinkOf(request.interfaceName()),
                this,
                this,
                request -> policy,
                connection -> former));
    }

    static ClientRequest request(String interfaceName) {
        return request(interfaceName, Optional.empty());
    }

    private static ClientRequest request(String interfaceName, Optional<String> connection) {
        return new ClientRequest(
                interfaceName,
                4711,
                "dhclient",
                connection,
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                List.of("host-name (12)"),
                List.of());
    }

    FakeCaller start(String interfaceName) throws AttachRefusedException {
        FakeCaller caller = new FakeCaller();
        sessions.start(request(interfaceName, connection), caller);
        return caller;
    }

    FakeCaller start(ClientRequest request) throws AttachRefusedException {
        FakeCaller caller = new FakeCaller();
        sessions.start(request, caller);
        return caller;
    }

    FakeCaller bound(String interfaceName) throws AttachRefusedException {
        FakeCaller caller = start(interfaceName);
        FakeLink link = link(interfaceName);
        sink(interfaceName).answer(SinkAnswer.ACCEPTED);
        link.receive(Replies.offer(link.xid(), 3600));
        link.receive(Replies.ack(link.xid(), 3600));
        sink(interfaceName).answer(SinkAnswer.ACCEPTED);
        return caller;
    }

    FakeLink link(String interfaceName) {
        return Optional.ofNullable(links.get(interfaceName)).orElseThrow();
    }

    FakeSink sink(String interfaceName) {
        return Optional.ofNullable(sinks.get(interfaceName)).orElseThrow();
    }

    ClientView view(int number) {
        return Optional.ofNullable(views.get(number)).orElseThrow();
    }

    /** To the next deadline. */
    void due() {
        now = sessions.deadline();
        sessions.act(now);
    }

    private FakeSink sinkOf(String interfaceName) {
        FakeSink sink = new FakeSink(configures);
        sinks.put(interfaceName, sink);
        return sink;
    }

    private Link open(String interfaceName, LinkListener listener) throws IOException {
        if (gone || interfaceName.startsWith("no")) {
            throw new IOException("there is no interface " + interfaceName);
        }
        FakeLink link = new FakeLink(listener, hardware);
        links.put(interfaceName, link);
        return link;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long wall() {
        return 1_800_000_000_000_000_000L;
    }

    @Override
    public void appeared(ClientView client) {
        views.put(client.number(), client);
        shown.add(client);
    }

    @Override
    public void changed(ClientView client) {
        views.put(client.number(), client);
        shown.add(client);
    }

    @Override
    public void gone(int number) {
        views.remove(number);
    }

    @Override
    public void write(Level level, Subject subject, String text) {
        journal.add(subject.interfaceName() + ": " + text);
        subjects.add(subject);
    }

    @Override
    public void defect(Subject subject, Throwable cause) {
        journal.add(subject.interfaceName() + ": defect " + cause.getMessage());
        subjects.add(subject);
    }

    /** An interface whose packets are kept. */
    static final class FakeLink implements Link {
        final List<Outgoing> sent = new ArrayList<>();
        final List<Listening> listening = new ArrayList<>();
        final List<ArpPacket> arpSent = new ArrayList<>();
        Optional<Ipv4> arpHeard = Optional.empty();
        final LinkListener listener;
        boolean closed;
        boolean broken;
        boolean refusing;

        private final MacAddress hardware;
        private boolean carrier = true;

        FakeLink(LinkListener listener, MacAddress hardware) {
            this.listener = listener;
            this.hardware = hardware;
        }

        void setCarrier(boolean present) {
            carrier = present;
            listener.carrier(present);
        }

        int xid() {
            return sent.get(sent.size() - 1).message().transactionId();
        }

        void receive(Message message) {
            listener.received(message, Replies.SERVER);
        }

        @Override
        public MacAddress hardware() {
            return hardware;
        }

        @Override
        public boolean hasCarrier() {
            return carrier;
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public void listen(Listening wanted, int transactionId) {
            listening.add(wanted);
        }

        @Override
        public boolean send(Outgoing packet) {
            if (broken) {
                throw new IllegalStateException("broken link");
            }
            if (!refusing) {
                sent.add(packet);
            }
            return !refusing;
        }

        @Override
        public void hearArp(Optional<Ipv4> wanted) {
            arpHeard = wanted;
        }

        @Override
        public void send(ArpPacket packet) {
            arpSent.add(packet);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A sink that answers when the test says so. */
    static final class FakeSink implements LeaseSink {
        final List<LeaseNews> told = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        boolean closed;
        private final boolean configures;
        private Optional<Consumer<SinkAnswer>> pending = Optional.empty();

        FakeSink(boolean configures) {
            this.configures = configures;
        }

        @Override
        public boolean configures() {
            return configures;
        }

        @Override
        public void renamed(String name) {
            names.add(name);
        }

        @Override
        public void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
            if (pending.isPresent()) {
                throw new IllegalStateException("two at a time");
            }
            told.add(news);
            pending = Optional.of(answer);
        }

        void answer(SinkAnswer answer) {
            Consumer<SinkAnswer> waiting = pending.orElseThrow();
            pending = Optional.empty();
            waiting.accept(answer);
        }

        List<String> reasons() {
            return told.stream().map(news -> news.reason().name()).toList();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A caller that remembers what it was told. */
    static final class FakeCaller implements Caller, LeaseStore {
        final List<Integer> exits = new ArrayList<>();
        int failures;
        final List<LeaseEntry> recorded = new ArrayList<>();
        Optional<Lease> stored = Optional.empty();

        @Override
        public void record(LeaseEntry entry) {
            recorded.add(entry);
        }

        @Override
        public void failed() {
            failures++;
        }

        @Override
        public void exit(int code) {
            exits.add(code);
        }

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
            stored = Optional.of(lease);
        }

        @Override
        public void forget() {
            stored = Optional.empty();
        }

        @Override
        public Optional<Lease> recall() {
            return stored;
        }
    }
}
