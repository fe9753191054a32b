package org.dhcpcanon.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.dhcpcanon.client.Destination;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;

/** An interface of a {@link SoakHost}: its cable, the server at the far end, and what the machine does with what it is told. */
final class SoakCable implements Link {
    private static final long SECOND = SoakHost.SECOND;
    private static final long MINUTE = 60 * SECOND;
    /** Whoever has to be told may be busy with what was told before. */
    private static final long SLACK = SECOND;

    private final SoakHost host;
    private final String name;

    private SoakServer server;
    /** Which one gave the last lease. */
    private SoakServer granting;

    private boolean present = true;
    private boolean carrier = true;
    private MacAddress hardware;

    // The machine.
    private Optional<LinkListener> listener = Optional.empty();
    private Optional<Shim> shim = Optional.empty();
    private Optional<Ipv4> address = Optional.empty();
    private long addressEnds;

    private boolean calm;
    private int sent;
    private double earliestRenewal = 1;
    private double latestRenewal;

    SoakCable(SoakHost host, String name) {
        this.host = host;
        this.name = name;
        hardware = freshHardware();
        server = new SoakServer(host.chance);
        granting = server;
    }

    String name() {
        return name;
    }

    int sent() {
        return sent;
    }

    /** Of those renewals that nothing was in the way of, as a part of the lease. */
    double earliestRenewal() {
        return earliestRenewal;
    }

    double latestRenewal() {
        return latestRenewal;
    }

    private MacAddress freshHardware() {
        return new MacAddress(0x0200_0000_0000L | host.chance.nextLong(1L << 40));
    }

    // --- What happens to it ---

    void befall() {
        calm = false;
        switch (host.chance.nextInt(8)) {
            case 0 -> loseLink();
            case 1 -> {
                SoakServer gone = server;
                gone.silent(true);
                host.after(host.duration(4 * 60 * MINUTE), () -> gone.silent(false));
            }
            case 2 -> server.assign();
            case 3 -> move();
            case 4 -> {
                shim.ifPresent(ended -> host.sessions().callerEnded(ended));
                leave();
            }
            case 5 -> begin();
            case 6 -> vanish();
            default -> server = new SoakServer(host.chance);
        }
    }

    private void loseLink() {
        show(false);
        host.after(host.duration(host.chance.nextBoolean() ? 5 * SECOND : 30 * MINUTE), () -> show(true));
    }

    private void show(boolean up) {
        carrier = up;
        listener.ifPresent(heard -> heard.carrier(up));
    }

    /** To another network, with another hardware address. */
    private void move() {
        server = new SoakServer(host.chance);
        hardware = freshHardware();
        changeIdentity();
    }

    private void changeIdentity() {
        Optional<LinkListener> deceived = listener;
        listener = Optional.empty();
        deceived.ifPresent(LinkListener::identityChanged);
    }

    private void vanish() {
        present = false;
        address = Optional.empty();
        changeIdentity();
        host.after(host.duration(MINUTE), () -> present = true);
    }

    /** What was calm is so no more. */
    void disturb() {
        calm = false;
    }

    void serviceDied() {
        disturb();
        listener = Optional.empty();
        shim.ifPresent(orphan -> host.after(SECOND / 2, () -> orphan.attach()));
    }

    void heal() {
        server.silent(false);
        present = true;
        if (!carrier) {
            show(true);
        }
    }

    // --- The machine ---

    /** NetworkManager starts a client. */
    void begin() {
        shim = Optional.of(new Shim());
        shim.ifPresent(Shim::attach);
    }

    /** It has ended, and NetworkManager starts another one. */
    private void leave() {
        shim = Optional.empty();
        address = Optional.empty();
        host.after(SECOND + host.duration(5 * SECOND), () -> {
            if (shim.isEmpty()) {
                begin();
            }
        });
    }

    boolean hasAddress() {
        return address.isPresent();
    }

    boolean holds(Optional<Ipv4> shown) {
        return address.isPresent() && address.equals(shown);
    }

    private void expectEnd(long end) {
        addressEnds = end;
        if (address.isPresent() && end < Long.MAX_VALUE) {
            host.after(end - host.now() + SLACK, () -> checkEnd(end));
        }
    }

    /** Unless there is more time by now. */
    private void checkEnd(long end) {
        if (address.isPresent() && addressEnds == end) {
            throw new AssertionError(name + " has an address beyond its lease at " + host.now());
        }
    }

    Link plug(LinkListener newListener) throws IOException {
        if (!present) {
            throw new IOException("there is no interface " + name);
        }
        listener = Optional.of(newListener);
        return this;
    }

    LeaseSink sink() {
        return new Told();
    }

    /** What NetworkManager does with what it is told; it takes its time, and seldom refuses. */
    private final class Told implements LeaseSink {
        private final Sessions service = host.sessions();
        private boolean closed;

        @Override
        public void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
            SinkAnswer said = use(news);
            host.after(host.chance.nextLong(SECOND / 4), () -> {
                if (!closed && service == host.sessions()) {
                    answer.accept(said);
                }
            });
        }

        private SinkAnswer use(LeaseNews news) {
            SortedMap<String, String> options = news.options();
            boolean refused = news.reason() == LeaseReason.BOUND && host.happens(300);
            address = options.isEmpty() || refused
                    ? Optional.empty()
                    : Ipv4.parse(options.getOrDefault("ip_address", ""));
            expectEnd(granting.grantEnds());
            if (refused) {
                server.assign();
            }
            return refused ? SinkAnswer.REFUSED : host.happens(50) ? SinkAnswer.UNHEARD : SinkAnswer.ACCEPTED;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** The process that NetworkManager knows; it outlives the service. */
    private final class Shim implements Caller, LeaseStore {
        private Optional<Lease> stored = Optional.empty();

        private boolean isCurrent() {
            return shim.filter(current -> current == this).isPresent();
        }

        void attach() {
            if (!isCurrent()) {
                return;
            }
            disturb();
            try {
                host.sessions().start(request(), this);
            } catch (AttachRefusedException e) {
                leave();
            }
        }

        @Override
        public void exit(int code) {
            if (isCurrent()) {
                leave();
            }
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
        public void remember(Lease kept) {
            stored = Optional.of(kept);
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

    private ClientRequest request() {
        return new ClientRequest(
                name,
                4711,
                "dhclient",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                List.of(),
                List.of());
    }

    // --- The link ---

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
        // Everything is heard; the client drops what it does not want.
    }

    @Override
    public boolean send(Outgoing packet) {
        Message message = packet.message();
        if (!carrier || !present || !message.hardware().equals(hardware)) {
            throw new AssertionError(name + " has sent what it must not: " + message);
        }
        if (!message.clientAddress().equals(Ipv4.ANY) && !holds(Optional.of(message.clientAddress()))) {
            throw new AssertionError(name + " says that it has an address which it has not: " + message);
        }
        sent++;
        noteRenewal(message);
        if (!host.loses()) {
            long sentAt = host.now();
            host.after(host.chance.nextLong(SECOND / 50), () -> answer(packet, sentAt));
        } else {
            calm = false;
        }
        return true;
    }

    /** The first of a lease. */
    private void noteRenewal(Message message) {
        if (calm
                && message.type() == MessageType.REQUEST
                && !message.clientAddress().equals(Ipv4.ANY)) {
            double part = granting.partOfLease(host.now());
            earliestRenewal = Math.min(earliestRenewal, part);
            latestRenewal = Math.max(latestRenewal, part);
        }
    }

    /** @param sentAt when; the client counts its lease from there */
    private void answer(Outgoing packet, long sentAt) {
        Message asked = packet.message();
        boolean elsewhere = packet.destination() instanceof Destination.Server to
                && !to.server().equals(server.address());
        if (carrier && !elsewhere && asked.hardware().equals(hardware)) {
            Optional<Message> reply = server.answer(asked, host.now());
            if (reply.filter(message -> message.type() == MessageType.ACK).isPresent()) {
                granting = server;
                calm = host.now() - sentAt < SECOND;
            }
            reply.ifPresent(message -> listener.ifPresent(heard -> heard.received(message, server.address())));
        }
    }

    @Override
    public void hearArp(Optional<Ipv4> wanted) {
        // NetworkManager finds conflicts here, see Told.
    }

    @Override
    public void send(ArpPacket packet) {
        throw new AssertionError("an ARP packet, where NetworkManager sends them");
    }

    @Override
    public void close() {
        listener = Optional.empty();
    }
}
