package org.dhcpcanon.audit;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.dhcpcanon.packet.Ipv4;

/** Requirements that each message keeps or breaks by itself: which options it has, and how they stand in it. */
final class MessageRules {
    private static final Set<Integer> LISTED = Set.of(50, 53, 54, 55, 61);
    private static final int SMALLEST_FOR_RELAYS = 300;

    private MessageRules() {}

    /** Without option 53 it cannot be known what a message is; one that names an address is counted as a REQUEST. */
    static Finding discoverHasType(Client client, Traffic traffic) {
        return typed(client, false, Kind.DISCOVER);
    }

    static Finding requestHasType(Client client, Traffic traffic) {
        return typed(client, true, Kind.SELECT);
    }

    private static Finding typed(Client client, boolean naming, Kind kind) {
        return Check.each(
                client.sent().stream()
                        .filter(one -> one.kind() == Kind.UNTYPED
                                ? namesAddress(one.message()) == naming
                                : naming ? one.kind().isRequest() : one.kind() == kind),
                one -> Check.when(one.kind() == Kind.UNTYPED, "lacks 53, or has one that is not one octet"),
                naming ? "no REQUEST" : "no DISCOVER");
    }

    private static boolean namesAddress(WireMessage message) {
        return message.has(50) || message.has(54) || !message.ciaddr().equals(Ipv4.ANY);
    }

    static Finding discoverAsks(Client client, Traffic traffic) {
        Finding finding = Check.each(
                client.sent(Kind.DISCOVER),
                one -> Check.when(!one.message().has(61), "has no client identifier, which marks its sender"),
                "no DISCOVER");
        boolean marked = finding.verdict() == Verdict.FAIL;
        return marked ? new Finding(Verdict.NOTE, finding.reason(), finding.shown()) : finding;
    }

    static Finding discoverIsMinimal(Client client, Traffic traffic) {
        return Check.each(client.sent(Kind.DISCOVER), one -> Check.only(one, Set.of(53, 55, 61)), "no DISCOVER");
    }

    static Finding requestIsMinimal(Client client, Traffic traffic) {
        return Check.each(client.sent(Kind::isRequest), one -> Check.only(one, LISTED), "no REQUEST");
    }

    static Finding extensionHasNoAddress(Client client, Traffic traffic) {
        return Check.each(client.sent(Kind::isExtension), one -> Check.none(one, Set.of(50)), "no renewal");
    }

    /** RFC 2131 table 5 allows the text of option 56 in both; that it tells more than it should is V4-11. */
    static Finding decline(Client client, Traffic traffic) {
        return exactly(client, Kind.DECLINE, Set.of(50, 53, 54));
    }

    static Finding release(Client client, Traffic traffic) {
        return exactly(client, Kind.RELEASE, Set.of(53, 54));
    }

    private static Finding exactly(Client client, Kind kind, Set<Integer> needed) {
        Set<Integer> allowed = new HashSet<>(needed);
        allowed.addAll(Set.of(56, 61));
        return Check.each(
                client.sent(kind),
                one -> Check.all(one, needed).or(() -> Check.only(one, allowed)),
                "no " + kind.name());
    }

    static Finding inform(Client client, Traffic traffic) {
        return client.sent(Kind.INFORM)
                .findFirst()
                .map(first -> informed(client, first))
                .orElseGet(() -> Finding.pass("no INFORM", client.sent().get(0).frame()));
    }

    private static Finding informed(Client client, Sent first) {
        Finding finding = Check.each(client.sent(Kind.INFORM), one -> Check.only(one, Set.of(53, 55, 61)), "");
        return finding.verdict() == Verdict.FAIL ? finding : Finding.note("INFORM was sent", first.frame());
    }

    static Finding onlyListed(Client client, Traffic traffic) {
        return Check.each(client.sent().stream(), one -> Check.only(one, LISTED), "");
    }

    static Finding discoverHasNoAddress(Client client, Traffic traffic) {
        return Check.each(client.sent(Kind.DISCOVER), one -> Check.none(one, Set.of(50)), "no DISCOVER");
    }

    static Finding noHostName(Client client, Traffic traffic) {
        return none(client, 12);
    }

    static Finding noFqdn(Client client, Traffic traffic) {
        return none(client, 81);
    }

    static Finding noPxe(Client client, Traffic traffic) {
        return none(client, 93, 94, 97);
    }

    static Finding noClasses(Client client, Traffic traffic) {
        return none(client, 43, 60, 77, 124, 125);
    }

    static Finding noAuthentication(Client client, Traffic traffic) {
        return none(client, 90, 145);
    }

    static Finding noRapidCommit(Client client, Traffic traffic) {
        return none(client, 80);
    }

    private static Finding none(Client client, Integer... codes) {
        return Check.each(client.sent().stream(), one -> Check.none(one, Set.of(codes)), "");
    }

    /** RFC 2131 §4.3.2 and table 4. */
    static Finding template(Client client, Traffic traffic) {
        return Check.each(client.sent(Kind::isRequest), MessageRules::misfit, "no REQUEST");
    }

    private static Optional<String> misfit(Sent sent) {
        if (sent.kind().isExtension()) {
            return Check.none(sent, Set.of(50, 54));
        }
        return sent.kind() == Kind.SELECT ? Check.all(sent, Set.of(50, 54)) : Check.all(sent, Set.of(50));
    }

    static Finding nothingSplit(Client client, Traffic traffic) {
        return Check.each(client.sent().stream(), MessageRules::split, "");
    }

    private static Optional<String> split(Sent sent) {
        Set<Integer> met = new HashSet<>();
        return sent.message().codes().stream()
                .filter(code -> !met.add(code))
                .findFirst()
                .map(code -> "has " + code + " twice");
    }

    static Finding typeFirst(Client client, Traffic traffic) {
        return Check.each(
                client.sent(kind -> kind != Kind.UNTYPED),
                one -> Check.when(
                        one.message().codes().get(0) != 53,
                        "begins with " + one.message().codes().get(0)),
                "no message with 53");
    }

    static Finding longEnough(Client client, Traffic traffic) {
        return Check.each(
                client.sent().stream(),
                one -> Check.when(
                        one.message().length() < SMALLEST_FOR_RELAYS,
                        "has " + one.message().length() + " octets"),
                "");
    }

    /** RFC 2131 §4.1: who can receive unicast before having an address should say so. */
    static Finding noBroadcastFlag(Client client, Traffic traffic) {
        return Check.each(
                client.sent().stream(),
                one -> Check.when(
                        one.message().flags() != 0,
                        "has flags 0x" + Integer.toHexString(one.message().flags())),
                "");
    }
}
