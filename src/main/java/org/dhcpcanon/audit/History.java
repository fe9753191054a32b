package org.dhcpcanon.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through the events of one client once, and divides its messages into sessions. */
final class History {
    private static final int OFFER = 2;
    private static final int ACK = 5;
    private static final int NAK = 6;
    private static final int LEASE_TIME = 51;
    private static final long SECOND = 1_000_000_000L;
    /** A flood of offers must not make the audit slow. */
    private static final int MOST_OFFERS = 8;

    private final List<List<Sent>> sessions = new ArrayList<>();
    private final Map<Integer, List<Seen.Dhcp>> offers = new HashMap<>();
    private final Map<Integer, Seen.Dhcp> discovers = new HashMap<>();
    /** At most one: the last ACK. */
    private final List<Seen.Dhcp> ack = new ArrayList<>();
    /** At most one: the last packet that gave or took a lease. */
    private final List<Seen.Dhcp> standing = new ArrayList<>();

    private History() {}

    static List<Session> of(List<Seen> events) {
        History history = new History();
        for (Seen event : events) {
            if (event instanceof Seen.Dhcp packet) {
                history.add(packet);
            }
        }
        return history.sessions.stream().map(Session::new).toList();
    }

    private void add(Seen.Dhcp packet) {
        if (packet.message().operation() == 1) {
            sent(packet);
        } else {
            heard(packet);
        }
    }

    private void heard(Seen.Dhcp packet) {
        switch (packet.message().type()) {
            case OFFER -> offer(packet);
            case ACK -> {
                keep(ack, packet);
                keep(standing, packet);
            }
            case NAK -> keep(standing, packet);
            default -> {} // to an INFORM, or nonsense
        }
    }

    private void offer(Seen.Dhcp packet) {
        List<Seen.Dhcp> known = offers.computeIfAbsent(packet.message().xid(), xid -> new ArrayList<>());
        if (known.size() < MOST_OFFERS) {
            known.add(packet);
        }
    }

    private void sent(Seen.Dhcp packet) {
        int xid = packet.message().xid();
        List<Seen.Dhcp> offered = offers.getOrDefault(xid, List.of());
        Kind kind = Kind.of(packet, !offered.isEmpty());
        if (sessions.isEmpty() || (kind.isBeginning() && isRestart(packet))) {
            sessions.add(new ArrayList<>());
        }
        sessions.get(sessions.size() - 1)
                .add(new Sent(
                        packet,
                        kind,
                        offered,
                        Optional.ofNullable(discovers.get(xid)),
                        ack.stream().findFirst()));
        if (kind == Kind.DISCOVER) {
            discovers.put(xid, packet);
        }
        if (kind.isBeginning()) {
            // Or each repetition would be another start.
            standing.clear();
        } else if (kind == Kind.DECLINE || kind == Kind.RELEASE) {
            keep(standing, packet);
        }
    }

    /** A client that still has a lease, or has given it back, would not search if it had not been started again. */
    private boolean isRestart(Seen.Dhcp packet) {
        return standing.stream().anyMatch(last -> isRelease(last) || (last.isReply(ACK) && isAlive(last, packet)));
    }

    private static boolean isRelease(Seen.Dhcp packet) {
        return packet.message().operation() == 1 && packet.message().type() == 7;
    }

    private static boolean isAlive(Seen.Dhcp granted, Seen.Dhcp now) {
        long seconds = granted.message().number(LEASE_TIME).orElse(0L);
        return now.frame().at() - granted.frame().at() < seconds * SECOND;
    }

    private static void keep(List<Seen.Dhcp> place, Seen.Dhcp packet) {
        place.clear();
        place.add(packet);
    }
}
