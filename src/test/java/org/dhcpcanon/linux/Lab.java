package org.dhcpcanon.linux;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.client.Listening;
import org.dhcpcanon.client.Outgoing;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.runtime.Link;
import org.dhcpcanon.runtime.LinkListener;

/**
 * Two network namespaces with a cable between them: {@code eth0} of the client, where a link listens, and {@code srv0} of the
 * server, 10.77.0.1/24. All in one thread: where a socket lives is settled when it is made.
 */
final class Lab implements LinkListener {
    static final long MILLI = 1_000_000L;
    static final String IDENTITY_CHANGED = "identity changed";
    static final String CARRIER_LOST = "carrier lost";
    static final String CARRIER_IS_BACK = "carrier is back";

    final Namespace client = Namespace.create();
    final Namespace server = Namespace.create();
    final BootClock clock = new BootClock();
    final Poller poller = new Poller();
    final PacketLinks links = new PacketLinks(poller);
    /** What the link heard: the type, the xid in hexadecimal and the source of each message, or a drop reason. */
    final List<String> heard = new ArrayList<>();

    /** Runs after each message that was heard. */
    Runnable afterMessage = () -> {};

    final Link link;

    Lab() throws Exception {
        cable("eth0", "02:00:00:00:77:02", "srv0", "02:00:00:00:77:01");
        server.ip("address", "add", "10.77.0.1/24", "dev", "srv0");
        link = client.call(() -> links.open("eth0", this));
    }

    void cable(String near, String nearAddress, String far, String farAddress) throws Exception {
        cable(near, nearAddress, far, farAddress, "mtu", "1500");
    }

    /**
     * @param setting of the near end, with its value, as ip(8) has it
     */
    void cable(String near, String nearAddress, String far, String farAddress, String setting, String value)
            throws Exception {
        client.ip(
                "link",
                "add",
                near,
                setting,
                value,
                "address",
                nearAddress,
                "type",
                "veth",
                "peer",
                "name",
                far,
                "address",
                farAddress,
                "netns",
                server.path());
        // No IPv6: its multicasts would only disturb.
        client.ip("link", "set", near, "addrgenmode", "none", "up");
        server.ip("link", "set", far, "addrgenmode", "none", "up");
        awaitUp(client, near);
        awaitUp(server, far);
    }

    /** The kernel finishes this in the background; until then it silently drops what is sent. */
    static void awaitUp(Namespace namespace, String name) throws Exception {
        long end = System.nanoTime() + 5000 * MILLI;
        while (!namespace.ip("link", "show", name).contains("state UP")) {
            if (System.nanoTime() > end) {
                throw new IOException(name + " does not come up");
            }
            Thread.sleep(2);
        }
    }

    MacAddress mac() {
        return link.hardware();
    }

    void listen(Listening wanted, int transactionId) throws Exception {
        client.call(() -> {
            link.listen(wanted, transactionId);
            return wanted;
        });
    }

    /** @return whether the kernel has taken it */
    boolean send(Outgoing packet) throws Exception {
        return client.call(() -> link.send(packet));
    }

    @Override
    public void received(Message message, Ipv4 source) {
        heard.add(message.type() + " " + Integer.toHexString(message.transactionId()) + " " + source);
        afterMessage.run();
    }

    @Override
    public void heard(ArpPacket packet) {
        heard.add("ARP of " + packet.senderHardware() + " as " + packet.senderProtocol());
        afterMessage.run();
    }

    @Override
    public void dropped(DropReason reason) {
        heard.add(reason.name());
    }

    @Override
    public void identityChanged() {
        heard.add(IDENTITY_CHANGED);
    }

    @Override
    public void carrier(boolean present) {
        heard.add(present ? CARRIER_IS_BACK : CARRIER_LOST);
    }

    @Override
    public void renamed(String name) {
        heard.add("renamed to " + name);
    }

    /** Turns the loop for that long; how often it returned. */
    int turnFor(int milliseconds) {
        long deadline = clock.now() + milliseconds * MILLI;
        int turns = 0;
        while (clock.now() < deadline) {
            poller.await(deadline);
            turns++;
        }
        return turns;
    }

    /** Turns the loop until so much was heard, and a little longer for what should not come; returns what was heard. */
    List<String> hear(int count) {
        long deadline = clock.now() + 5000 * MILLI;
        while (heard.size() < count && clock.now() < deadline) {
            poller.await(deadline);
        }
        turnFor(30);
        return heard;
    }

    /** A UDP socket of the server's kernel. */
    DatagramSocket serverSocket(Ipv4 address) throws Exception {
        return server.call(() -> {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(internet(address), 67));
            socket.setBroadcast(true);
            socket.setSoTimeout(5000);
            return socket;
        });
    }

    static InetAddress internet(Ipv4 address) throws IOException {
        return InetAddress.getByAddress(address.octets());
    }

    void close() throws Exception {
        link.close();
        links.close();
        poller.close();
        server.ip("link", "delete", "srv0");
        client.close();
        server.close();
    }
}
