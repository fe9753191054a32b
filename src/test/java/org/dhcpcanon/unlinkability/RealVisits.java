package org.dhcpcanon.unlinkability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.app.ServiceEntropy;
import org.dhcpcanon.client.Policy;
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
import org.dhcpcanon.runtime.Heartbeat;
import org.dhcpcanon.runtime.Journal;
import org.dhcpcanon.runtime.Sessions;
import org.dhcpcanon.runtime.Subject;
import org.dhcpcanon.runtime.VirtualLoop;

/**
 * Visits over a cable between two namespaces, to a dnsmasq at the other end: the client as the service runs it, with its real sockets,
 * loop and clock. Each visit has a fresh hardware address and ends with the lease; but the last probes, and goes on without a server
 * until it rebinds. Whose a frame is, its hardware address says, whenever it is read.
 */
final class RealVisits implements ClientWatcher, Journal {
    /** One of the 24 orders of a REQUEST is missing in so many once in 10^6 times. */
    static final int SESSIONS = 400;

    private static final String NEAR = "eth0";
    private static final String FAR = "srv0";
    private static final int SERVER = 10 << 24 | 77 << 16 | 1;
    private static final int UDP = 17;
    /** Seconds; each moves by one, and until the first the kernel must have got the address. */
    private static final long T1 = 9;

    private static final long T2 = 13;
    /** Milliseconds without a frame, after which none is under way any more. */
    private static final int QUIET = 500;

    private final Namespace client = Namespace.create();
    private final Namespace server = Namespace.create();
    private final VirtualLoop.Disk disk = new VirtualLoop.Disk();
    private final List<MacAddress> visits = new ArrayList<>();
    private final List<byte[]> asked = new ArrayList<>();
    private final List<byte[]> answered = new ArrayList<>();
    private final Poller poller = new Poller();
    private final EventLoop loop = new EventLoop(new BootClock(), poller, Heartbeat.NONE);
    private final PacketLinks links = new PacketLinks(poller);
    private final Sessions sessions =
            VirtualLoop.sessions(new BootClock(), ServiceEntropy.create(), links, this, this, request -> policy());
    private final Path leases = Files.createTempFile("dnsmasq", ".leases");
    private final Process dnsmasq;
    private final Tap asking;
    private final Tap probing;
    private final Tap answering;
    private boolean bound;
    private boolean rebound;

    private RealVisits() throws Exception {
        client.ip("link", "add", NEAR, "type", "veth", "peer", "name", FAR, "netns", server.path());
        server.ip("address", "add", "10.77.0.1/16", "dev", FAR);
        // No IPv6: its multicasts would only disturb.
        client.ip("link", "set", NEAR, "addrgenmode", "none", "up");
        server.ip("link", "set", FAR, "addrgenmode", "none", "up");
        asking = Tap.on(server, FAR);
        probing = Tap.onArp(server, FAR);
        answering = Tap.on(client, NEAR);
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
            return visits.recordings();
        } finally {
            visits.close();
        }
    }

    private Policy policy() {
        return Population.policy(isLast() ? Population.PROBING : "strict");
    }

    private boolean isLast() {
        return visits.size() == SESSIONS;
    }

    private void begin() {
        ClientRequest request = VirtualLoop.request(NEAR, 1, "none", List.of("host-name canary"));
        try {
            bound = false;
            visits.add(Machine.freshHardware());
            client.ip(
                    "link",
                    "set",
                    NEAR,
                    "address",
                    visits.get(visits.size() - 1).toString());
            sessions.start(request, disk);
        } catch (AttachRefusedException e) {
            throw new IllegalStateException(e);
        } catch (Exception e) {
            stop(e);
        }
    }

    @Override
    public void changed(ClientView view) {
        if (view.state().equals("bound") && !bound) {
            bound = true;
            loop.post(isLast() ? () -> settle(view) : this::end);
        } else if (view.state().equals("rebinding") && isLast() && !rebound) {
            rebound = true;
            loop.post(this::end);
        }
    }

    /** The kernel gets the address, without which nothing can be sent from it, and the server dies. */
    private void settle(ClientView view) {
        try {
            client.ip("address", "add", view.address().orElseThrow() + "/16", "dev", NEAR);
            dnsmasq.destroyForcibly().waitFor();
        } catch (Exception e) {
            stop(e);
        }
    }

    private void end() {
        sessions.stop(NEAR);
        // Now and then, or the kernel would have to drop some.
        asked.addAll(asking.waiting());
        asked.addAll(probing.waiting());
        answered.addAll(answering.waiting());
        if (isLast()) {
            loop.stop();
        } else {
            begin();
        }
    }

    private List<Recording> recordings() {
        asked.addAll(asking.within(QUIET));
        asked.addAll(probing.within(QUIET));
        answered.addAll(answering.within(QUIET));
        Map<MacAddress, List<Sent>> sent = sent();
        if (!visits.containsAll(sent.keySet())) {
            throw new IllegalStateException("sent by a stranger: " + sent.keySet());
        }
        Map<MacAddress, Set<Integer>> given = given();
        return visits.stream()
                .map(hardware -> new Recording(
                        hardware, sent.getOrDefault(hardware, List.of()), given.getOrDefault(hardware, Set.of())))
                .toList();
    }

    private Map<MacAddress, List<Sent>> sent() {
        Map<MacAddress, List<Sent>> sent = new HashMap<>();
        for (byte[] frame : asked) {
            Sent one = new Sent(0, -1, frame);
            if (!one.isArp() || isOfClient(frame)) {
                MacAddress source = MacAddress.at(frame, MacAddress.LENGTH);
                sent.computeIfAbsent(source, none -> new ArrayList<>()).add(one);
            }
        }
        return sent;
    }

    /** The kernel asks for the server, as it must to send a renewal there, and answers. */
    private static boolean isOfClient(byte[] frame) {
        ByteBuffer words = ByteBuffer.wrap(frame);
        return words.getShort(Sent.ARP + 6) == 1 && words.getInt(Sent.ARP + 24) != SERVER;
    }

    /** What is in the answers, not in what was sent: the server's address and the client's, by the hardware address that was answered. */
    private Map<MacAddress, Set<Integer>> given() {
        Map<MacAddress, Set<Integer>> given = new HashMap<>();
        for (byte[] frame : answered) {
            int address = ByteBuffer.wrap(frame).getInt(Sent.PAYLOAD + 16);
            // Not ICMP, which says that the dead server listens no longer; and a NAK gives nothing.
            if (frame[Sent.IP + 9] == UDP && address != 0) {
                MacAddress hardware = MacAddress.at(frame, Sent.PAYLOAD + 28);
                given.computeIfAbsent(hardware, none -> new HashSet<>(Set.of(SERVER)))
                        .add(address);
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
        asking.close();
        probing.close();
        answering.close();
        server.ip("link", "delete", FAR);
        client.close();
        server.close();
        Files.delete(leases);
    }

    @Override
    public void write(Level level, Subject subject, String text) {}

    @Override
    public void defect(Subject subject, Throwable cause) {
        loop.stop();
        throw new IllegalStateException("a defect on " + subject.interfaceName(), cause);
    }
}
