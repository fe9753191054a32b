package org.dhcpcanon.linux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dhcpcanon.app.ServiceEntropy;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageReader;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.ClientView;
import org.dhcpcanon.runtime.ClientWatcher;
import org.dhcpcanon.runtime.EventLoop;
import org.dhcpcanon.runtime.Heartbeat;
import org.dhcpcanon.runtime.Journal;
import org.dhcpcanon.runtime.Sessions;
import org.dhcpcanon.runtime.Subject;
import org.dhcpcanon.runtime.VirtualLoop;
import org.dhcpcanon.settings.Profiles;

/** The client as the service runs it, in a thread of its own, on a cable whose far end the test has: leases of 20 s, T1 after 2 s. */
final class WiredClient implements ClientWatcher, Journal {
    private static final int PAYLOAD = 42;

    private final Namespace client = Namespace.create();
    private final Namespace server = Namespace.create();
    private final Poller poller = new Poller();
    private final EventLoop loop = new EventLoop(new BootClock(), poller, Heartbeat.NONE);
    private final PacketLinks links = new PacketLinks(poller);
    private volatile String state = "";
    private volatile long sent;
    private volatile Optional<Throwable> defect = Optional.empty();
    private final MacAddress hardware = new MacAddress(0x0200_0000_7702L);
    private final Tap tap;
    private final Thread thread;
    private byte[] lastFrame = {};

    WiredClient() throws Exception {
        client.ip(
                "link",
                "add",
                "eth0",
                "address",
                hardware.toString(),
                "type",
                "veth",
                "peer",
                "name",
                "srv0",
                "address",
                Replies.SERVER_MAC.toString(),
                "netns",
                server.path());
        server.ip("address", "add", Replies.SERVER + "/24", "dev", "srv0");
        client.ip("link", "set", "eth0", "addrgenmode", "none", "up");
        server.ip("link", "set", "srv0", "addrgenmode", "none", "up");
        Lab.awaitUp(client, "eth0");
        Lab.awaitUp(server, "srv0");
        tap = Tap.on(server, "srv0");
        thread = new Thread(this::run, "client");
        thread.start();
    }

    private void run() {
        Sessions sessions = VirtualLoop.sessions(
                new BootClock(), ServiceEntropy.create(), links, this, this, request -> Policy.of(Profiles.strict()));
        ClientRequest wanted = VirtualLoop.request("eth0", 1, "wired", List.of("host-name (12)"));
        loop.post(() -> {
            try {
                sessions.start(wanted, new VirtualLoop.Disk());
            } catch (org.dhcpcanon.runtime.AttachRefusedException e) {
                throw new IllegalStateException(e);
            }
        });
        try {
            client.call(() -> {
                loop.run(sessions);
                return sessions;
            });
        } catch (Exception e) {
            defect = Optional.of(e);
        }
    }

    MacAddress hardware() {
        return hardware;
    }

    long sent() {
        return sent;
    }

    String state() {
        return state;
    }

    void await(String wanted) throws Exception {
        long end = System.nanoTime() + 5000 * Lab.MILLI;
        while (!state().equals(wanted)) {
            if (System.nanoTime() > end) {
                throw new IOException(state() + " instead of " + wanted);
            }
            Thread.sleep(2);
        }
    }

    /** The kernel gets the address, as from NetworkManager. */
    void useAddress() throws Exception {
        client.ip("address", "add", Replies.CLIENT + "/24", "dev", "eth0");
    }

    /** The next message, which must be of that type. */
    Message next(MessageType type) throws Exception {
        lastFrame = tap.next();
        Message message = read(lastFrame);
        if (message.type() != type) {
            throw new IOException(message.type() + " instead of " + type);
        }
        return message;
    }

    byte[] lastFrame() {
        return lastFrame.clone();
    }

    List<MessageType> within(int milliseconds) {
        return tap.within(milliseconds).stream()
                .map(frame -> read(frame).type())
                .toList();
    }

    private static Message read(byte[] frame) {
        try {
            return MessageReader.readAny(frame, PAYLOAD, frame.length);
        } catch (MalformedPacketException e) {
            throw new AssertionError(e);
        }
    }

    void answer(Message asked, MessageType type) throws Exception {
        tap.inject(Replies.frame(reply(asked, type), hardware, Replies.CLIENT, 68));
    }

    /** With one option more. */
    void answer(Message asked, MessageType type, Option option, Octets value) throws Exception {
        Message reply = reply(asked, type);
        Message changed = reply.withOptions(reply.options().with(option, value));
        tap.inject(Replies.frame(changed, hardware, Replies.CLIENT, 68));
    }

    void broadcast(Message asked, MessageType type) throws Exception {
        tap.inject(Replies.frame(reply(asked, type)));
    }

    private static Message reply(Message asked, MessageType type) {
        Options options = Options.NONE
                .with(Option.DHCP_MESSAGE_TYPE, Octets.u8(type.code()))
                .with(Option.SERVER_IDENTIFIER, Octets.of(Replies.SERVER))
                .with(Option.SUBNET_MASK, Octets.of(Ipv4.mask(24)))
                .with(Option.LEASE_TIME, Octets.u32(20))
                .with(Option.RENEWAL_TIME, Octets.u32(2))
                .with(Option.REBINDING_TIME, Octets.u32(15));
        Ipv4 given = type == MessageType.NAK ? Ipv4.ANY : Replies.CLIENT;
        return new Message(
                Message.BOOTREPLY,
                asked.transactionId(),
                0,
                0,
                Ipv4.ANY,
                given,
                Ipv4.ANY,
                Ipv4.ANY,
                asked.hardware(),
                options);
    }

    void close() throws Exception {
        loop.stop();
        thread.join(5000);
        links.close();
        poller.close();
        tap.close();
        server.ip("link", "delete", "srv0");
        client.close();
        server.close();
        if (defect.isPresent()) {
            throw new IOException(defect.get());
        }
    }

    @Override
    public void changed(ClientView view) {
        sent = view.sent();
        state = view.state();
    }

    @Override
    public void write(Level level, Subject subject, String text) {}

    @Override
    public void defect(Subject subject, Throwable cause) {
        defect = Optional.of(cause);
    }
}
