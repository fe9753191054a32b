package org.dhcpcanon.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Profile;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageReader;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.MessageWriter;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;
import org.dhcpcanon.packet.UdpFrame;

/**
 * Plays whole exchanges with itself before the first real one. The time from OFFER to REQUEST is seen by everybody on the link, and
 * a runtime that loads classes meanwhile would be known by it. Nothing leaves the process.
 */
public final class Rehearsal {
    private static final MacAddress HARDWARE = new MacAddress(0x0200_0000_0001L);
    private static final Ipv4 SERVER = Ipv4.of(192, 0, 2, 1);
    private static final Ipv4 ADDRESS = Ipv4.of(192, 0, 2, 2);

    private Rehearsal() {}

    /**
     * Takes a millisecond or so for each round once warm.
     *
     * @throws IllegalStateException if an exchange does not end with a lease: the service is broken
     */
    public static void run(Profile profile, int rounds) {
        for (int i = 0; i < rounds; i++) {
            Performance performance = new Performance(profile, new Stage());
            performance.play(performance);
        }
    }

    /** One exchange that a watcher is told of as if it were real; it must not mind that it is not on the loop thread. */
    public static void run(Profile profile, ClientWatcher watcher) {
        new Performance(profile, new Stage()).play(watcher);
    }

    /** The link of the rehearsal: what is sent is turned into bytes and answered with bytes. */
    private static final class Stage implements Link {
        private Optional<LinkListener> listener = Optional.empty();
        private Optional<Outgoing> sent = Optional.empty();

        @Override
        public MacAddress hardware() {
            return HARDWARE;
        }

        @Override
        public boolean hasCarrier() {
            return true;
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public void listen(Listening wanted, int transactionId) {
            // There is nobody to hear.
        }

        @Override
        public boolean send(Outgoing packet) {
            byte[] payload = MessageWriter.write(packet.message(), packet.minimumLength());
            frame(payload, Ipv4.ANY, 68, 67).bytes(packet.header());
            sent = Optional.of(packet);
            return true;
        }

        @Override
        public void hearArp(Optional<Ipv4> wanted) {
            // There is nobody to hear.
        }

        @Override
        public void send(ArpPacket packet) {
            packet.bytes();
        }

        void reply(MessageType type) throws MalformedPacketException {
            Outgoing packet = sent.orElseThrow();
            byte[] payload = MessageWriter.write(answer(type, packet.message()), 300);
            byte[] frame = frame(payload, SERVER, 67, 68).bytes(packet.header());
            UdpFrame read = UdpFrame.parse(frame, frame.length, true);
            byte[] bytes = read.payload().toArray();
            Message message = MessageReader.read(bytes, 0, bytes.length);
            listener.orElseThrow().received(message, read.sourceAddress());
        }

        private static UdpFrame frame(byte[] payload, Ipv4 source, int from, int to) {
            return new UdpFrame(MacAddress.BROADCAST, HARDWARE, source, Ipv4.BROADCAST, from, to, Octets.of(payload));
        }

        private static Message answer(MessageType type, Message asked) {
            Map<Integer, Octets> options = new LinkedHashMap<>();
            options.put(Option.DHCP_MESSAGE_TYPE.code(), Octets.u8(type.code()));
            options.put(Option.SERVER_IDENTIFIER.code(), Octets.of(SERVER));
            options.put(Option.LEASE_TIME.code(), Octets.u32(3600));
            options.put(Option.SUBNET_MASK.code(), Octets.of(Ipv4.mask(24)));
            options.put(Option.ROUTERS.code(), Octets.of(SERVER));
            options.put(Option.DOMAIN_NAME_SERVERS.code(), Octets.of(SERVER));
            return new Message(
                    Message.BOOTREPLY,
                    asked.transactionId(),
                    0,
                    0,
                    Ipv4.ANY,
                    ADDRESS,
                    Ipv4.ANY,
                    Ipv4.ANY,
                    HARDWARE,
                    Options.of(options));
        }

        @Override
        public void close() {
            listener = Optional.empty();
        }
    }

    /** Everybody else: no caller, no store, no reader, and a sink that takes everything. */
    private record Performance(Profile profile, Stage stage)
            implements Caller, LeaseStore, LeaseSink, ClientWatcher, Journal, Clock {
        void play(ClientWatcher watcher) {
            int[] bits = {0x5eed};
            Surroundings surroundings = new Surroundings(
                    this,
                    () -> bits[0] += 0x9e37_79b9,
                    this::open,
                    (request, scripts) -> this,
                    watcher,
                    this,
                    request -> Policy.of(profile),
                    FormerLeases.NONE);
            Sessions sessions = new Sessions(surroundings);
            ClientRequest request = new ClientRequest(
                    "rehearsal",
                    1,
                    "none",
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    OptionalLong.empty(),
                    List.of(),
                    List.of());
            try {
                sessions.start(request, this);
                stage.reply(MessageType.OFFER);
                stage.reply(MessageType.ACK);
            } catch (AttachRefusedException | MalformedPacketException e) {
                throw new IllegalStateException("the rehearsal failed", e);
            }
            if (sessions.deadline() == Long.MAX_VALUE) {
                throw new IllegalStateException("the rehearsal gave no lease");
            }
            sessions.callerEnded(this);
        }

        private Link open(String name, LinkListener listener) {
            stage.listener = Optional.of(listener);
            return stage;
        }

        @Override
        public void tell(LeaseNews news, Consumer<SinkAnswer> answer) {
            answer.accept(SinkAnswer.ACCEPTED);
        }

        @Override
        public void close() {}

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
        public void remember(Lease lease) {}

        @Override
        public void forget() {}

        @Override
        public Optional<Lease> recall() {
            return Optional.empty();
        }

        @Override
        public void changed(ClientView client) {}

        @Override
        public void write(Level level, Subject subject, String text) {}

        @Override
        public void defect(Subject subject, Throwable cause) {
            throw new IllegalStateException("the rehearsal failed", cause);
        }

        @Override
        public long now() {
            return 0;
        }

        @Override
        public long wall() {
            return 0;
        }
    }
}
