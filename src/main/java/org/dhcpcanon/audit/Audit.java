package org.dhcpcanon.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;

/**
 * The result: what the frames show about each client.
 *
 * @param clients in the order in which they were first seen
 * @param links personal traits that several of them have
 * @param malformed packets that could not be read, and why
 */
public record Audit(List<Report> clients, List<Link> links, List<Malformed> malformed) {
    public Audit {
        clients = List.copyOf(clients);
        links = List.copyOf(links);
        malformed = List.copyOf(malformed);
    }

    /**
     * A row for each requirement.
     *
     * @param mac chaddr
     * @param messages how many it sent
     * @param outgoing how many of them the machine sent that captured them
     * @param xids each one of its messages, once, in order
     * @param sessions how often it was started, as far as can be seen
     */
    public record Report(
            MacAddress mac,
            int messages,
            int outgoing,
            List<Integer> xids,
            int sessions,
            Map<Rule, Finding> rows,
            List<Trait> traits) {
        public Report {
            xids = List.copyOf(xids);
            rows = Collections.unmodifiableMap(new EnumMap<>(rows));
            traits = List.copyOf(traits);
        }

        /** The rows with that verdict, in order. */
        public List<Rule> with(Verdict verdict) {
            return rows.entrySet().stream()
                    .filter(row -> row.getValue().verdict() == verdict)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** Whether a MUST or a MUST NOT is broken. */
        public boolean isBroken() {
            return with(Verdict.FAIL).stream().anyMatch(rule -> rule.level().isBinding());
        }
    }

    /** A packet that claims to be DHCP or ARP and is not. */
    public record Malformed(Frame frame, String reason) {}

    /** How many messages of clients left the machine that captured them. */
    public int outgoing() {
        return clients.stream().mapToInt(Report::outgoing).sum();
    }

    /** Never throws, whatever the frames are. They are to be in the order in which they were sent. */
    public static Audit of(List<Frame> frames) {
        List<Malformed> malformed = new ArrayList<>();
        Map<MacAddress, List<Seen>> events = new LinkedHashMap<>();
        for (Frame frame : frames) {
            try {
                FrameReader.read(frame).ifPresent(seen -> file(seen, events));
            } catch (MalformedException e) {
                malformed.add(new Malformed(frame, e.reason()));
            }
        }
        Traffic traffic = Traffic.of(clients(events));
        List<Report> reports = traffic.clients().stream()
                .map(client -> report(client, traffic))
                .toList();
        return new Audit(reports, links(reports), malformed);
    }

    /** What a relay passes on is not a client's (RFC 1542 §4.1.1): giaddr names the relay. */
    private static void file(Seen seen, Map<MacAddress, List<Seen>> events) {
        if (seen instanceof Seen.Arp arp) {
            MacAddress mac = arp.link().source().orElse(arp.packet().senderHardware());
            events.computeIfAbsent(mac, key -> new ArrayList<>()).add(arp);
        } else if (seen instanceof Seen.Dhcp packet && !isRelayed(packet)) {
            events.computeIfAbsent(packet.message().hardware(), key -> new ArrayList<>())
                    .add(packet);
        }
    }

    private static boolean isRelayed(Seen.Dhcp packet) {
        boolean relayed = !packet.message().giaddr().equals(Ipv4.ANY);
        return packet.message().operation() == 1 && relayed;
    }

    private static List<Client> clients(Map<MacAddress, List<Seen>> events) {
        return events.entrySet().stream()
                .map(entry -> Client.of(entry.getKey(), entry.getValue()))
                .filter(client -> !client.sent().isEmpty())
                .toList();
    }

    private static Report report(Client client, Traffic traffic) {
        Map<Rule, Finding> rows = new TreeMap<>();
        for (Rule rule : Rule.values()) {
            rows.put(rule, rule.judge(client, traffic));
        }
        int sessions = client.sessions().size();
        List<Sent> sent = client.sent();
        int outgoing = (int) sent.stream().filter(one -> one.frame().outgoing()).count();
        List<Integer> xids =
                sent.stream().map(one -> one.message().xid()).distinct().toList();
        return new Report(client.mac(), sent.size(), outgoing, xids, sessions, rows, Traits.of(client));
    }

    private static List<Link> links(List<Report> reports) {
        Map<List<String>, TreeSet<Long>> holders = new LinkedHashMap<>();
        for (Report report : reports) {
            report.traits().stream()
                    .filter(Trait::personal)
                    .forEach(trait -> holders.computeIfAbsent(
                                    List.of(trait.name(), trait.value()), key -> new TreeSet<>())
                            .add(report.mac().bits()));
        }
        return holders.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new Link(
                        entry.getKey().get(0),
                        entry.getKey().get(1),
                        entry.getValue().stream().map(MacAddress::new).toList()))
                .toList();
    }
}
