package org.dhcpcanon.unlinkability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.app.ServiceEntropy;
import org.dhcpcanon.linux.BootClock;
import org.dhcpcanon.linux.Namespace;
import org.dhcpcanon.linux.PacketLinks;
import org.dhcpcanon.linux.Poller;
import org.dhcpcanon.linux.Tap;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.ClientView;
import org.dhcpcanon.runtime.ClientWatcher;
import org.dhcpcanon.runtime.EventLoop;
import org.dhcpcanon.runtime.Journal;
import org.dhcpcanon.runtime.LeaseNews;
import org.dhcpcanon.runtime.Sessions;
import org.dhcpcanon.runtime.VirtualLoop;
import org.dhcpcanon.settings.Profiles;

/**
 * Visits over a cable between two namespaces, to a dnsmasq at the other end: the client as the service runs it, with its real sockets,
 * loop and clock. Each visit has a fresh hardware address and ends with the lease; but the last goes on without a server until it rebinds.
 */
final class RealVisits implements ClientWatcher, Journal {
    /** One of the 24 orders of a REQUEST is missing in so many once in 10^6 times. */
    static final int SESSIONS = 400;

    private static final String NEAR = "eth0";
    private static final String FAR = "srv0";
    private static final long T1 = 4;
    private static final long T2 = 6;

    private final Namespace client = Namespace.create();
    private final Namespace server = Namespace.create();
    private final VirtualLoop.Disk disk = new VirtualLoop.Disk();
    private final List<Recording> recordings = new ArrayList<>();
    private final Poller poller = new Poller();
    private final EventLoop loop = new EventLoop(new BootClock(), poller);
    private final PacketLinks links = new PacketLinks(poller);
    private final Sessions sessions =
            VirtualLoop.sessions(new BootClock(), ServiceEntropy.create(), links, this, this, Profiles.strict());
    private final Path leases = Files.createTempFile("dnsmasq", ".leases");
    private final Process dnsmasq;
    private final Tap asked;
    private final Tap answered;
    private MacAddress hardware = Machine.freshHardware();
    private boolean bound;
    private boolean rebound;

    private RealVisits() throws Exception {
        client.ip("link", "add", NEAR, "type", "veth", "peer", "name", FAR, "netns", server.path());
        server.ip("address", "add", "10.77.0.1/16", "dev", FAR);
        // No IPv6: its multicasts would only disturb.
        client.ip("link", "set", NEAR, "addrgenmode", "none", "up");
        server.ip("link", "set", FAR, "addrgenmode", "none", "up");
        asked = Tap.on(server, FAR);
        answered = Tap.on(client, NEAR);
        dnsmasq = server.call(this::serve);
    }

    private Process serve() throws IOException {
        List<String> line = List.of(
                "dnsmasq",
                "--conf-file=/dev/null",
                "--keep-in-foreground",
                "--user=root",
                "--port=0",
                "--interface=" + FAR,
                "--bind-interfaces",
                "--except-interface=lo",
                "--no-resolv",
                "--no-hosts",
                "--no-ping",
                "--dhcp-authoritative",
                "--log-facility=/dev/null",
                "--pid-file",
                "--dhcp-leasefile=" + leases,
                "--dhcp-option-force=option:T1," + T1,
                "--dhcp-option-force=option:T2," + T2,
                "--dhcp-range=10.77.1.1,10.77.100.250,255.255.0.0,120");
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static List<Recording> sessions() throws Exception {
        RealVisits visits = new RealVisits();
        try {
            visits.loop.post(visits::begin);
            visits.client.call(() -> {
                visits.loop.run(visits.sessions);
                return visits;
            });
        } finally {
            visits.close();
        }
        return visits.recordings;
    }

    private void begin() {
        ClientRequest request = VirtualLoop.request(NEAR, 1, "none", List.of("host-name canary"));
        try {
            bound = false;
            client.ip("link", "set", NEAR, "address", hardware.toString());
            sessions.start(request, disk);
        } catch (AttachRefusedException e) {
            throw new IllegalStateException(e);
        } catch (Exception e) {
            stop(e);
        }
    }

    @Override
    public void changed(ClientView view) {
        boolean isLast = recordings.size() == SESSIONS - 1;
        if (view.state().equals("bound") && !bound) {
            bound = true;
            loop.post(isLast ? () -> settle(view) : this::end);
        } else if (view.state().equals("rebinding") && isLast && !rebound) {
            rebound = true;
            loop.post(this::end);
        }
    }

    /** The kernel gets the address, without which nothing can be sent from it, and the server dies. */
    private void settle(ClientView view) {
        try {
            dnsmasq.destroyForcibly().waitFor();
            client.ip("address", "add", view.address().orElseThrow() + "/16", "dev", NEAR);
        } catch (Exception e) {
            stop(e);
        }
    }

    private void end() {
        sessions.stop(NEAR);
        List<Sent> sent =
                asked.within(3).stream().map(frame -> new Sent(0, -1, frame)).toList();
        recordings.add(new Recording(hardware, sent, given()));
        hardware = Machine.freshHardware();
        if (recordings.size() < SESSIONS) {
            begin();
        } else {
            loop.stop();
        }
    }

    /** What is in the answers, not in what we sent: the server's address and ours. */
    private Set<Integer> given() {
        Set<Integer> given = new HashSet<>();
        for (byte[] frame : answered.within(3)) {
            ByteBuffer words = ByteBuffer.wrap(frame);
            given.add(words.getInt(Sent.IP + 12));
            // An ICMP message is shorter.
            if (frame.length > Sent.OPTIONS) {
                given.add(words.getInt(Sent.PAYLOAD + 16));
            }
        }
        return given;
    }

    /** The loop would only log it. */
    private void stop(Exception cause) {
        loop.stop();
        throw new IllegalStateException(cause);
    }

    private void close() throws Exception {
        dnsmasq.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        links.close();
        poller.close();
        asked.close();
        answered.close();
        server.ip("link", "delete", FAR);
        client.close();
        server.close();
        Files.delete(leases);
    }

    @Override
    public void appeared(ClientView view) {}

    @Override
    public void told(int number, LeaseNews news) {}

    @Override
    public void gone(int number) {}

    @Override
    public void write(Level level, String interfaceName, String text) {}

    @Override
    public void defect(String interfaceName, Throwable cause) {
        loop.stop();
        throw new IllegalStateException("a defect on " + interfaceName, cause);
    }
}
