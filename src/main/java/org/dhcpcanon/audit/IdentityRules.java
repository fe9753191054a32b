package org.dhcpcanon.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;

/** Requirements about what belongs to a hardware address, and must change with it. */
final class IdentityRules {
    private static final int HOST_NAME = 12;
    private static final int REQUESTED_ADDRESS = 50;
    private static final int CLIENT_IDENTIFIER = 61;
    private static final int ETHERNET = 1;

    private IdentityRules() {}

    /** RFC 7844 §3.2. */
    static Finding addressIsOwn(Client client, Traffic traffic) {
        List<Sent> naming = client.sent().stream()
                .filter(one -> !one.message().ciaddr().equals(Ipv4.ANY))
                .toList();
        if (naming.isEmpty()) {
            return Finding.pass("ciaddr is always 0", client.sent().get(0).frame());
        }
        for (Sent one : naming) {
            Ipv4 address = one.message().ciaddr();
            boolean got = client.granted().contains(address);
            boolean others = traffic.isOthers(address, client.mac());
            if (!got && (others || one.ack().isPresent())) {
                return Finding.fail("ciaddr was not granted to this hardware address", one.frame());
            }
            if (!got) {
                return Finding.notSeen("the capture does not show how ciaddr was obtained");
            }
        }
        return Finding.pass("", naming.get(0).frame());
    }

    /** RFC 7844 §3.4. */
    static Finding hardwareIsCurrent(Client client, Traffic traffic) {
        Optional<Seen> other = client.events().stream()
                .filter(IdentityRules::isOwn)
                .filter(seen -> isUnder(seen, client.mac()))
                .findFirst();
        if (other.isPresent()) {
            String source =
                    other.get().link().source().map(MacAddress::toString).orElse("");
            return Finding.fail("left under " + source, other.get().frame());
        }
        return client.events().stream()
                .filter(IdentityRules::isOwn)
                .filter(seen -> seen.link().source().isPresent())
                .findFirst()
                .map(seen -> Finding.pass("", seen.frame()))
                .orElseGet(() -> Finding.notSeen("the capture has no link-layer addresses"));
    }

    private static boolean isOwn(Seen seen) {
        return seen instanceof Seen.Arp
                || (seen instanceof Seen.Dhcp packet && packet.message().operation() == 1);
    }

    /** Whether the link layer names another than chaddr or than the sender of the ARP packet. */
    private static boolean isUnder(Seen seen, MacAddress mac) {
        MacAddress named = seen instanceof Seen.Arp arp ? arp.packet().senderHardware() : mac;
        return seen.link().source().filter(source -> !source.equals(named)).isPresent();
    }

    /** RFC 7844 §3.5: nothing but the hardware address in use, with its type (RFC 2132 §9.14). */
    static Finding identifierIsHardware(Client client, Traffic traffic) {
        Octets expected = expected(client.mac());
        return Check.each(
                client.sent().stream().filter(one -> one.message().has(CLIENT_IDENTIFIER)),
                one -> complaint(one.message().find(CLIENT_IDENTIFIER).orElse(Octets.EMPTY), expected),
                "no client identifier");
    }

    static Octets expected(MacAddress mac) {
        return Octets.u8(ETHERNET).plus(Octets.of(mac.octets()));
    }

    private static Optional<String> complaint(Octets value, Octets expected) {
        if (value.equals(expected)) {
            return Optional.empty();
        }
        if (value.equals(expected.slice(1, expected.length()))) {
            return Optional.of("has the hardware address without its type as 61");
        }
        boolean duid = !value.isEmpty() && value.u8At(0) == 255;
        return Optional.of((duid ? "has a DUID as 61: " : "has 61 of ") + value.toColonHex());
    }

    /** RFC 7844 §3.7. Whether a name is the machine's real one can be seen only from several hardware addresses. */
    static Finding hostNameIsObfuscated(Client client, Traffic traffic) {
        Finding finding = Check.each(
                client.sent().stream().filter(one -> one.message().has(HOST_NAME)),
                one -> nameComplaint(one, client, traffic),
                "no host name");
        boolean alone = traffic.hostNames().size() < 2 && finding.verdict() == Verdict.PASS;
        return alone ? new Finding(Verdict.NOTE, "it may be the real one", finding.shown()) : finding;
    }

    private static Optional<String> nameComplaint(Sent sent, Client client, Traffic traffic) {
        Octets name = sent.message().find(HOST_NAME).orElse(Octets.EMPTY);
        String text = new String(name.toArray(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        String digits = text.replace(":", "").replace("-", "");
        if (text.contains(".")) {
            return Optional.of("has a qualified host name");
        }
        String hardware = client.mac().toString().replace(":", "");
        if (digits.contains(hardware) || (digits.length() >= 6 && hardware.endsWith(digits))) {
            return Optional.of("has a host name that shows the hardware address");
        }
        boolean shared = traffic.hostNames().getOrDefault(name, Set.of()).size() > 1;
        return Check.when(shared, "has the host name of another hardware address");
    }

    /** RFC 7844 §2.2: addresses of all layers change together. */
    static Finding everythingChangesTogether(Client client, Traffic traffic) {
        for (Sent one : client.sent()) {
            Optional<String> old = old(one, client, traffic);
            if (old.isPresent()) {
                return Finding.fail(Check.name(one) + " " + old.get(), one.frame());
            }
        }
        return client.arp()
                .filter(arp -> traffic.isOthers(arp.packet().senderProtocol(), client.mac()))
                .findFirst()
                .map(arp -> Finding.fail("ARP says to have another's address", arp.frame()))
                .orElseGet(() -> Finding.pass("", client.sent().get(0).frame()));
    }

    private static Optional<String> old(Sent sent, Client client, Traffic traffic) {
        if (isUnder(sent.packet(), client.mac())) {
            return Optional.of("left under another hardware address");
        }
        if (namesAnother(sent.message(), client.mac())) {
            return Optional.of("has another hardware address in 61");
        }
        boolean free = sent.kind() == Kind.SELECT || sent.kind() == Kind.DECLINE;
        Ipv4 asked = free ? Ipv4.ANY : sent.message().address(REQUESTED_ADDRESS).orElse(Ipv4.ANY);
        boolean others = List.of(asked, sent.message().ciaddr(), sent.packet().from()).stream()
                .anyMatch(address -> traffic.isOthers(address, client.mac()));
        return Check.when(others, "names an address of another hardware address");
    }

    private static boolean namesAnother(WireMessage message, MacAddress mac) {
        return message.find(CLIENT_IDENTIFIER)
                .filter(value -> value.length() == 1 + MacAddress.LENGTH && value.u8At(0) == ETHERNET)
                .filter(value -> !value.equals(expected(mac)))
                .isPresent();
    }

    /** RFC 2131 §4.2 and RFC 2132 §9.14. */
    static Finding identifierIsConstant(Client client, Traffic traffic) {
        Optional<Octets> first = client.sent().get(0).message().find(CLIENT_IDENTIFIER);
        return Check.each(
                client.sent().stream(),
                one -> {
                    Optional<Octets> value = one.message().find(CLIENT_IDENTIFIER);
                    boolean small = value.filter(octets -> octets.length() < 2).isPresent();
                    return Check.when(small, "has 61 of less than two octets")
                            .or(() -> Check.when(!value.equals(first), "has another 61 than the first message"));
                },
                "");
    }
}
