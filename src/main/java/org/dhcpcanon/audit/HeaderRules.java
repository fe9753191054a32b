package org.dhcpcanon.audit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dhcpcanon.packet.Ipv4;

/** Requirements about xid, secs and the times between messages. */
final class HeaderRules {
    private static final long SECOND = 1_000_000_000L;
    /** Machines that make captures are not exact. */
    private static final long TOLERANCE = 3 * SECOND / 10;

    private static final int FIRST_WAIT = 4;
    private static final int LONGEST_WAIT = 64;
    /** Of so many random xids the two highest bits are all zero less than once in a million times. */
    private static final int ENOUGH_FOR_HIGH_BITS = 10;

    private static final int LATE = 60;

    private HeaderRules() {}

    /** RFC 2131 §4.1: 4, 8, 16 ... 64 seconds, each plus or minus one. */
    static Finding waits(Client client, Traffic traffic) {
        Finding finding = Finding.notSeen("no DISCOVER was repeated");
        for (Session session : client.sessions()) {
            for (List<Sent> search : session.searches()) {
                Finding found = waits(search);
                if (found.verdict() == Verdict.FAIL) {
                    return found;
                }
                finding = found.verdict() == Verdict.PASS ? found : finding;
            }
        }
        return finding;
    }

    private static Finding waits(List<Sent> search) {
        for (int i = 1; i < search.size(); i++) {
            long gap = search.get(i).at() - search.get(i - 1).at();
            long expected = Math.min(FIRST_WAIT << Math.min(i - 1, 8), LONGEST_WAIT) * SECOND;
            if (Math.abs(gap - expected) > SECOND + TOLERANCE) {
                String text = "waited " + Printed.seconds(gap) + " s instead of " + expected / SECOND;
                return Finding.fail(text, search.get(i).frame());
            }
        }
        return search.size() < 2
                ? Finding.notSeen("")
                : Finding.pass("", search.get(1).frame());
    }

    /** RFC 2131 §4.1 and §4.4.1. */
    static Finding transactionIds(Client client, Traffic traffic) {
        Set<Optional<Ipv4>> servers =
                client.heard(2).map(offer -> offer.message().address(54)).collect(Collectors.toSet());
        Finding requests = Check.each(
                client.sent(Kind.SELECT),
                one -> Check.when(
                        one.offers().isEmpty() && servers.contains(one.message().address(54)),
                        "has another xid than the OFFER"),
                "");
        if (requests.verdict() == Verdict.FAIL) {
            return requests;
        }
        return repeated(client, traffic)
                .or(() -> predictable(client))
                .orElseGet(() -> Finding.pass(
                        distinct(client).size() + " different",
                        client.sent().get(0).frame()));
    }

    private static Optional<Finding> repeated(Client client, Traffic traffic) {
        Map<Integer, Integer> sessionOf = new HashMap<>();
        for (int i = 0; i < client.sessions().size(); i++) {
            for (Sent one : client.sessions().get(i).sent()) {
                Integer before = sessionOf.putIfAbsent(one.message().xid(), i);
                if (before != null && before != i) {
                    return Optional.of(Finding.fail("has the xid of an earlier session", one.frame()));
                }
            }
        }
        return client.sent().stream()
                .filter(one -> traffic.xids()
                                .getOrDefault(one.message().xid(), Set.of())
                                .size()
                        > 1)
                .findFirst()
                .map(one -> Finding.fail("another hardware address has the same xid", one.frame()));
    }

    private static Map<Integer, Sent> distinct(Client client) {
        Map<Integer, Sent> first = new LinkedHashMap<>();
        client.sent().forEach(one -> first.putIfAbsent(one.message().xid(), one));
        return first;
    }

    private static Optional<Finding> predictable(Client client) {
        Map<Integer, Sent> all = distinct(client);
        if (all.containsKey(0)) {
            return Optional.of(Finding.fail(
                    "xid is 0", all.getOrDefault(0, client.sent().get(0)).frame()));
        }
        boolean low = all.keySet().stream().allMatch(xid -> xid >>> 30 == 0);
        if (low && all.size() >= ENOUGH_FOR_HIGH_BITS) {
            String text = "the highest bits of " + all.size() + " xids are 0";
            return Optional.of(Finding.fail(text, client.sent().get(0).frame()));
        }
        return all.entrySet().stream()
                .filter(entry -> all.containsKey(entry.getKey() - 1))
                .findFirst()
                .map(entry -> Finding.fail("xids count up", entry.getValue().frame()));
    }

    /** RFC 2131 §3.1 (3) and §4.4.1. */
    static Finding seconds(Client client, Traffic traffic) {
        Finding requests = Check.each(
                client.sent(Kind.SELECT).filter(one -> one.discover().isPresent()),
                HeaderRules::otherThanDiscover,
                "no REQUEST that follows its DISCOVER");
        if (requests.verdict() == Verdict.FAIL) {
            return requests;
        }
        return reversed(client).or(() -> tooLate(client)).orElse(requests);
    }

    private static Optional<String> otherThanDiscover(Sent sent) {
        int before = sent.discover().map(packet -> packet.message().seconds()).orElse(0);
        int now = sent.message().seconds();
        return Check.when(now != before, "has secs " + now + ", its DISCOVER " + before);
    }

    private static Optional<Finding> reversed(Client client) {
        return client.sessions().stream()
                .flatMap(session -> session.searches().stream())
                .flatMap(search -> search.stream().filter(one -> isReversed(search.get(0), one)))
                .findFirst()
                .map(one -> Finding.fail(
                        "secs " + one.message().seconds() + " is in the wrong order of octets", one.frame()));
    }

    static boolean isReversed(Sent first, Sent repeated) {
        long elapsed = (repeated.at() - first.at()) / SECOND;
        int secs = repeated.message().seconds();
        int swapped = (secs & 0xff) << 8 | secs >>> 8;
        int begin = first.message().seconds();
        boolean right = Math.abs(secs - begin - elapsed) <= 2;
        return elapsed >= 1 && !right && secs > 0xff && Math.abs(swapped - elapsed) <= 2;
    }

    /** What a search begins with; more may be an uptime. Of the very first it may be that the capture began late. */
    private static Optional<Finding> tooLate(Client client) {
        Sent first = client.sent().get(0);
        return client.sessions().stream()
                .flatMap(session -> session.sent().stream().limit(1))
                .filter(one -> one.kind().isBeginning() && one.message().seconds() > LATE)
                .findFirst()
                .map(one -> {
                    String text = "begins with secs " + one.message().seconds();
                    boolean unsure = one.equals(first) && client.sessions().size() == 1;
                    return unsure
                            ? Finding.note(text + ", or the capture began late", one.frame())
                            : Finding.fail(text, one.frame());
                });
    }

    /** RFC 2131 §4.4.5: T1 is half of the lease if the server does not say, T2 seven eighths; a little random is allowed. */
    static Finding renewalTime(Client client, Traffic traffic) {
        Finding finding = Finding.notSeen("no renewal after an ACK");
        Optional<Seen.Dhcp> extended = Optional.empty();
        for (Sent one : client.sent()) {
            if (one.kind().isExtension() && one.ack().isPresent() && !one.ack().equals(extended)) {
                extended = one.ack();
                finding = renewal(one, one.ack().get());
            }
            if (finding.verdict() == Verdict.NOTE) {
                return finding;
            }
        }
        return finding;
    }

    private static Finding renewal(Sent sent, Seen.Dhcp ack) {
        long lease = ack.message().number(51).orElse(0L);
        long due = ack.message().number(58).orElse(lease / 2);
        double waited = (sent.at() - ack.frame().at()) / (double) SECOND;
        boolean near = Math.abs(waited - due) <= Math.max(2.5, due * 0.02);
        String text = "renews after " + Math.round(waited) + " s, T1 is " + due;
        return near ? Finding.pass(text, sent.frame()) : Finding.note(text, sent.frame());
    }
}
