package org.dhcpcanon.audit;

import java.util.List;
import java.util.Optional;

/** Requirements that only the order of messages shows: what answers what. */
final class SequenceRules {
    private static final int OFFER = 2;
    private static final int V6_ONLY = 108;
    private static final long SECOND = 1_000_000_000L;
    private static final long DECLINE_WAIT = 10 * SECOND;
    /** More than a client can need that takes the first offer. */
    private static final long COLLECTING = SECOND / 2;

    private SequenceRules() {}

    /** RFC 2131 §4.3.2, DHCPREQUEST generated during SELECTING state. */
    static Finding requestMatchesOffer(Client client, Traffic traffic) {
        Finding finding =
                Check.each(client.sent(Kind.SELECT), SequenceRules::mismatch, "no REQUEST that answers an OFFER");
        boolean alone = client.sent(Kind.SELECT).allMatch(one -> one.offers().isEmpty());
        return finding.verdict() == Verdict.PASS && alone ? Finding.notSeen("no OFFER in the capture") : finding;
    }

    private static Optional<String> mismatch(Sent sent) {
        boolean matches = sent.offers().isEmpty() || sent.offers().stream().anyMatch(offer -> isAnswer(sent, offer));
        return Check.all(sent, java.util.Set.of(50, 54))
                .or(() -> Check.when(!matches, "has other 50 or 54 than the OFFER"));
    }

    private static boolean isAnswer(Sent sent, Seen.Dhcp offer) {
        boolean server = sent.message().address(54).equals(offer.message().address(54));
        return server
                && sent.message().address(50).equals(Optional.of(offer.message().yiaddr()));
    }

    /** RFC 7844 §3.3. A renewal at the beginning only shows that the capture began late. */
    static Finding beginsWithDiscover(Client client, Traffic traffic) {
        return Check.each(
                client.sent(Kind::isBeginning),
                one -> Check.when(one.kind() == Kind.REBOOT, "asks for a remembered address"),
                "no start of the client");
    }

    /**
     * RFC 2131 §3.5: the list of the DISCOVER, and its order, which would otherwise link the messages less than they are anyway. A new
     * search after the link was lost, which no packet shows, may ask anew.
     */
    static Finding parametersStay(Client client, Traffic traffic) {
        for (Session session : client.sessions()) {
            Optional<Sent> asked = session.asked();
            for (Sent one : session.sent()) {
                boolean counts = one.kind() == Kind.DISCOVER || one.kind().isRequest();
                if (one.kind() == Kind.DISCOVER && one.discover().isEmpty()) {
                    asked = asked.map(before -> one);
                } else if (counts
                        && asked.filter(before -> !asksAlike(before, one)).isPresent()) {
                    return Finding.fail(Check.name(one) + " has another 55 than the search's first", one.frame());
                }
            }
        }
        return client.sent(Kind::isRequest)
                .filter(one -> one.message().has(55))
                .findFirst()
                .map(one -> Finding.pass("", one.frame()))
                .orElseGet(() -> Finding.notSeen("no REQUEST with 55"));
    }

    private static boolean asksAlike(Sent before, Sent one) {
        return one.message().parameters().equals(before.message().parameters());
    }

    /** RFC 2131 §4.4.4 and §4.4.6; RFC 7844 has no opinion. */
    static Finding noRelease(Client client, Traffic traffic) {
        return client.sent(Kind.RELEASE)
                .findFirst()
                .map(one -> Finding.note("RELEASE tells when the client left", one.frame()))
                .orElseGet(() -> Finding.pass("no RELEASE", client.sent().get(0).frame()));
    }

    /** RFC 2131 §3.1 (5): ten seconds between a DECLINE and the next search. */
    static Finding waitsAfterDecline(Client client, Traffic traffic) {
        List<Sent> sent = client.sent();
        Finding finding = Finding.notSeen("no DECLINE, or nothing after it");
        for (int i = 1; i < sent.size(); i++) {
            Sent one = sent.get(i);
            if (sent.get(i - 1).kind() == Kind.DECLINE && one.kind() == Kind.DISCOVER) {
                long waited = one.at() - sent.get(i - 1).at();
                if (waited < DECLINE_WAIT - SECOND / 10) {
                    return Finding.fail("searches again " + Printed.seconds(waited) + " s after DECLINE", one.frame());
                }
                finding = Finding.pass("", one.frame());
            }
        }
        return finding;
    }

    /** RFC 8925 §3.2. */
    static Finding obeysV6Only(Client client, Traffic traffic) {
        if (client.sent().stream().noneMatch(one -> one.message().parameters().contains(V6_ONLY))) {
            return Finding.pass("108 is not asked for", client.sent().get(0).frame());
        }
        boolean given = client.heard(OFFER).anyMatch(offer -> offer.message().has(V6_ONLY));
        return Check.each(
                given
                        ? client.sent(kind -> kind == Kind.SELECT || kind == Kind.DISCOVER)
                        : java.util.stream.Stream.of(),
                one -> Check.when(
                        one.kind() == Kind.SELECT && offersV6Only(one),
                        "takes an address though 108 came and was asked for"),
                "asks for 108; no server gave it");
    }

    private static boolean offersV6Only(Sent sent) {
        return sent.message().parameters().contains(V6_ONLY)
                && sent.offers().stream()
                        .filter(offer -> isAnswer(sent, offer))
                        .anyMatch(offer -> offer.message().has(V6_ONLY));
    }

    /** Nothing in RFC 2131 §3.1 (3) says which of several offers to take, nor how long to wait for them. */
    static Finding takesFirstOffer(Client client, Traffic traffic) {
        Finding finding = Finding.notSeen("no REQUEST that answers an OFFER");
        for (Sent one : client.sent(Kind.SELECT).toList()) {
            Optional<Seen.Dhcp> first = one.offers().stream().findFirst();
            if (first.isEmpty()) {
                continue;
            }
            if (!isAnswer(one, first.get())) {
                return Finding.note("takes an offer that was not the first", one.frame());
            }
            finding = finding.verdict() == Verdict.NOT_SEEN ? Finding.pass("", one.frame()) : finding;
        }
        return waitsForMore(client).orElse(finding);
    }

    private static Optional<Finding> waitsForMore(Client client) {
        return Latency.of(client).stream()
                .filter(latency -> latency.nanoseconds() > COLLECTING)
                .findFirst()
                .map(latency -> Finding.note(
                        "REQUEST " + Printed.seconds(latency.nanoseconds()) + " s after the first OFFER",
                        latency.request().frame()));
    }
}
