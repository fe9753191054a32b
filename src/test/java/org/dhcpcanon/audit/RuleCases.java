package org.dhcpcanon.audit;

import static org.dhcpcanon.audit.Packets.ADDRESS;
import static org.dhcpcanon.audit.Packets.ASKED;
import static org.dhcpcanon.audit.Packets.MAC;
import static org.dhcpcanon.audit.Packets.OTHER;
import static org.dhcpcanon.audit.Packets.SERVER;
import static org.dhcpcanon.audit.Packets.SERVER_MAC;
import static org.dhcpcanon.audit.Packets.address;
import static org.dhcpcanon.audit.Packets.option;
import static org.dhcpcanon.audit.Packets.text;

import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;

/** For each rule captures that keep it, break it, or do not show it. */
final class RuleCases {
    private static final Ipv4 ELSEWHERE = Ipv4.of(192, 168, 4, 4);
    private static final byte[] NAME = text(12, "frodo");

    record Case(Rule rule, String name, Verdict expected, Packets packets) {}

    private RuleCases() {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        messages(cases);
        options(cases);
        identities(cases);
        sequences(cases);
        headers(cases);
        orders(cases);
        arp(cases);
        return cases;
    }

    static Packets start() {
        return new Packets();
    }

    static Packets lease() {
        return start().lease(0xc0ffee01);
    }

    private static void pass(List<Case> cases, Rule rule, Packets packets) {
        cases.add(new Case(rule, "kept", Verdict.PASS, packets));
    }

    private static void fail(List<Case> cases, Rule rule, String name, Packets packets) {
        cases.add(new Case(rule, name, Verdict.FAIL, packets));
    }

    private static void note(List<Case> cases, Rule rule, String name, Packets packets) {
        cases.add(new Case(rule, name, Verdict.NOTE, packets));
    }

    private static void notSeen(List<Case> cases, Rule rule, String name, Packets packets) {
        cases.add(new Case(rule, name, Verdict.NOT_SEEN, packets));
    }

    private static Packets decline(byte[]... more) {
        return lease().send(
                        Ipv4.ANY, Ipv4.BROADCAST, Packets.joined(4, more, address(50, ADDRESS), address(54, SERVER)));
    }

    private static Packets release(byte[]... more) {
        return lease().send(ADDRESS, SERVER, Packets.joined(7, more));
    }

    private static Packets inform(byte[]... more) {
        return lease().send(ADDRESS, Ipv4.BROADCAST, Packets.joined(8, more, ASKED));
    }

    private static void messages(List<Case> cases) {
        pass(cases, Rule.V4_01, lease());
        fail(cases, Rule.V4_01, "no 53", start().send(Ipv4.ANY, Ipv4.BROADCAST, ASKED));
        pass(cases, Rule.V4_02, lease());
        note(cases, Rule.V4_02, "no 61", start().send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 1), ASKED));
        pass(cases, Rule.V4_03, lease());
        fail(cases, Rule.V4_03, "a host name", start().discover(NAME));
        pass(cases, Rule.V4_04, lease());
        fail(cases, Rule.V4_04, "no 53", start().send(Ipv4.ANY, Ipv4.BROADCAST, address(50, ADDRESS)));
        pass(cases, Rule.V4_06, lease().renew());
        fail(cases, Rule.V4_06, "50 in a renewal", lease().renew(address(50, ADDRESS)));
        pass(cases, Rule.V4_07, lease());
        fail(cases, Rule.V4_07, "a vendor class", start().discover().offer().select(text(60, "MSFT 5.0")));
        pass(cases, Rule.V4_08, decline());
        fail(cases, Rule.V4_08, "a list in DECLINE", decline(ASKED));
        fail(
                cases,
                Rule.V4_08,
                "no server",
                lease().send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 4), address(50, ADDRESS)));
        pass(cases, Rule.V4_09, release(address(54, SERVER)));
        fail(cases, Rule.V4_09, "no server", release());
        pass(cases, Rule.V4_10, lease());
        note(cases, Rule.V4_10, "INFORM", inform());
        fail(cases, Rule.V4_10, "INFORM with a name", inform(NAME));
        pass(cases, Rule.V4_11, lease());
        fail(cases, Rule.V4_11, "a size", start().discover(option(57, 5, 220)));
    }

    private static void options(List<Case> cases) {
        pass(cases, Rule.V4_14, lease());
        fail(cases, Rule.V4_14, "an old address", start().discover(address(50, ELSEWHERE)));
        pass(cases, Rule.V4_21, lease());
        fail(cases, Rule.V4_21, "a name", start().discover(NAME));
        pass(cases, Rule.V4_24, lease());
        fail(cases, Rule.V4_24, "a name", start().discover(option(81, 0, 0, 0, 'a')));
        pass(cases, Rule.V4_25, lease());
        fail(cases, Rule.V4_25, "UUID", start().discover(option(97, 0, 1, 2, 3)));
        pass(cases, Rule.V4_26, lease());
        fail(cases, Rule.V4_26, "a class", start().discover(text(77, "x")));
        pass(cases, Rule.R_04, lease().renew());
        fail(cases, Rule.R_04, "54 in a renewal", lease().renew(address(54, SERVER)));
        pass(cases, Rule.R_08, lease());
        fail(cases, Rule.R_08, "the broadcast flag", start().flags(0x8000).discover());
        pass(cases, Rule.R_12, lease());
        fail(cases, Rule.R_12, "53 twice", start().discover(option(53, 1)));
        pass(cases, Rule.R_14, lease());
        fail(cases, Rule.R_14, "55 first", start().send(Ipv4.ANY, Ipv4.BROADCAST, ASKED, option(53, 1)));
        pass(cases, Rule.R_15, lease());
        fail(cases, Rule.R_15, "no zeros", start().length(0).discover());
        pass(cases, Rule.R_18, lease());
        fail(cases, Rule.R_18, "a nonce", start().discover(option(145, 1)));
        pass(cases, Rule.R_21, lease());
        fail(cases, Rule.R_21, "rapid commit", start().discover(option(80)));
    }

    private static void identities(List<Case> cases) {
        pass(cases, Rule.V4_13, lease().renew());
        fail(cases, Rule.V4_13, "never granted", lease().send(ELSEWHERE, SERVER, option(53, 3)));
        fail(
                cases,
                Rule.V4_13,
                "granted to another",
                start().discover().as(OTHER).lease(5).as(MAC).renew());
        notSeen(cases, Rule.V4_13, "begins with a renewal", start().renew());
        pass(cases, Rule.V4_16, lease().renew());
        fail(
                cases,
                Rule.V4_16,
                "a renewal by another interface",
                lease().under(OTHER).renew());
        fail(
                cases,
                Rule.V4_16,
                "ARP about another",
                lease().as(OTHER).under(MAC).arp(MacAddress.BROADCAST, ADDRESS, ADDRESS));
        pass(cases, Rule.V4_17, lease());
        fail(cases, Rule.V4_17, "no type", identifier(0x02, 0x12, 0x34, 0x56, 0x78, 0x9a));
        fail(cases, Rule.V4_17, "a DUID", identifier(255, 1, 2, 3, 4, 0, 4, 9, 9, 9, 9));
        fail(cases, Rule.V4_17, "another's", identifier(1, 2, 3, 4, 5, 6, 7));
        notSeen(cases, Rule.V4_17, "none", start().send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 1)));
        pass(
                cases,
                Rule.V4_22,
                start().discover(text(12, "DESKTOP-X")).as(OTHER).discover(text(12, "DESKTOP-Y")));
        note(cases, Rule.V4_22, "one name", start().discover(NAME));
        fail(cases, Rule.V4_22, "qualified", start().discover(text(12, "a.example.org")));
        fail(cases, Rule.V4_22, "the MAC", start().discover(text(12, "host-02-12-34-56-78-9A")));
        fail(cases, Rule.V4_22, "the end of the MAC", start().discover(text(12, "56789a")));
        fail(cases, Rule.V4_22, "shared", start().discover(NAME).as(OTHER).discover(NAME));
        pass(cases, Rule.V4_27, lease().as(OTHER).lease(7));
        fail(cases, Rule.V4_27, "under another", lease().under(OTHER).renew());
        fail(cases, Rule.V4_27, "another in 61", identifier(1, 2, 3, 4, 5, 6, 7));
        fail(
                cases,
                Rule.V4_27,
                "another's address",
                start().discover(address(50, ADDRESS)).as(OTHER).lease(7));
        Packets others = start().discover().as(OTHER).lease(7).as(MAC).arp(MacAddress.BROADCAST, ADDRESS, ADDRESS);
        fail(cases, Rule.V4_27, "ARP for another's address", others);
        pass(cases, Rule.R_11, lease());
        fail(cases, Rule.R_11, "one octet", identifier(1));
        fail(cases, Rule.R_11, "changes", lease().send(ADDRESS, SERVER, option(53, 3), option(61, 1, 2)));
    }

    private static Packets identifier(int... value) {
        return start().send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 1), option(61, value));
    }

    private static Packets select(byte[]... options) {
        return start().discover().offer().send(Ipv4.ANY, Ipv4.BROADCAST, Packets.joined(3, options));
    }

    private static void sequences(List<Case> cases) {
        pass(cases, Rule.V4_05, lease());
        fail(cases, Rule.V4_05, "no server", select(address(50, ADDRESS)));
        fail(cases, Rule.V4_05, "another address", select(address(50, ELSEWHERE), address(54, SERVER)));
        fail(cases, Rule.V4_05, "another server", select(address(50, ADDRESS), address(54, ELSEWHERE)));
        notSeen(cases, Rule.V4_05, "no OFFER", start().select());
        pass(cases, Rule.V4_15, lease());
        Packets reboot = start().send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 3), address(50, ADDRESS));
        fail(cases, Rule.V4_15, "INIT-REBOOT", reboot);
        notSeen(cases, Rule.V4_15, "begins with a renewal", start().renew());
        pass(cases, Rule.R_05, lease().renew());
        fail(cases, Rule.R_05, "no list", select(address(50, ADDRESS), address(54, SERVER)));
        Packets other = select(address(50, ADDRESS), address(54, SERVER), option(55, 1, 121, 3, 6));
        fail(cases, Rule.R_05, "another order", other);
        Packets again = start().discover()
                .xid(7)
                .discoverAsking(option(55, 1, 121, 3, 6))
                .offer();
        pass(cases, Rule.R_05, again.selectAsking(option(55, 1, 121, 3, 6)));
        pass(cases, Rule.R_09, lease());
        note(cases, Rule.R_09, "RELEASE", release(address(54, SERVER)));
        pass(cases, Rule.R_10_WAIT, decline().after(10).xid(5).discover());
        fail(cases, Rule.R_10_WAIT, "at once", decline().after(1).xid(5).discover());
        notSeen(cases, Rule.R_10_WAIT, "no DECLINE", lease());
        pass(cases, Rule.R_16, lease());
        byte[] asks = option(55, 1, 108);
        byte[] gives = option(108, 0, 0, 7, 8);
        Packets v6 = start().send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 1), asks).offer(gives);
        byte[][] takes = {option(53, 3), asks, address(50, ADDRESS), address(54, SERVER)};
        fail(cases, Rule.R_16, "takes it", v6.send(Ipv4.ANY, Ipv4.BROADCAST, takes));
        notSeen(cases, Rule.R_16, "not given", start().send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 1), asks));
        pass(cases, Rule.R_22, lease());
        note(cases, Rule.R_22, "waits", start().discover().offer().after(1).select());
    }

    private static Packets search(double... gaps) {
        Packets packets = start().discover();
        for (double gap : gaps) {
            packets.after(gap - 0.02).discover();
        }
        return packets;
    }

    private static void headers(List<Case> cases) {
        pass(cases, Rule.R_01, search(4.9, 7.1, 16, 32, 64, 63.5));
        fail(cases, Rule.R_01, "too soon", search(2));
        fail(cases, Rule.R_01, "always five", search(5, 5));
        notSeen(cases, Rule.R_01, "no repetition", lease());
        pass(cases, Rule.R_03, lease().after(1800).renew());
        note(cases, Rule.R_03, "too early", lease().after(1400).renew());
        notSeen(cases, Rule.R_03, "no renewal", lease());
        pass(cases, Rule.R_06, lease().after(4000).lease(0x80000005));
        fail(
                cases,
                Rule.R_06,
                "not the OFFER's",
                start().discover().offer().xid(9).select());
        fail(cases, Rule.R_06, "again", lease().after(9).lease(0xc0ffee01));
        fail(cases, Rule.R_06, "two hardware addresses", lease().as(OTHER).lease(0xc0ffee01));
        fail(cases, Rule.R_06, "zero", start().xid(0).discover());
        fail(cases, Rule.R_06, "counts", lease().after(4000).lease(0xc0ffee02));
        Packets low = start();
        for (int i = 1; i <= 10; i++) {
            low.after(10).lease(i * 12345);
        }
        fail(cases, Rule.R_06, "high bits", low);
        pass(
                cases,
                Rule.R_07,
                start().secs(0)
                        .discover()
                        .after(4)
                        .secs(4)
                        .discover()
                        .offer()
                        .select()
                        .ack());
        fail(
                cases,
                Rule.R_07,
                "another in REQUEST",
                start().discover().offer().secs(1).select());
        fail(
                cases,
                Rule.R_07,
                "reversed",
                start().discover().after(5).secs(5 << 8).discover());
        fail(cases, Rule.R_07, "an uptime", lease().after(5).secs(500).lease(0x80000005));
        note(cases, Rule.R_07, "perhaps an uptime", start().secs(500).lease(0x80000005));
    }

    private static Packets many(int sessions, byte[] list) {
        Packets packets = start();
        for (int i = 0; i < sessions; i++) {
            packets.xid(0x9a000000 + i * 77)
                    .discoverAsking(list)
                    .offer()
                    .selectAsking(list)
                    .ack()
                    .after(60);
        }
        return packets;
    }

    private static Packets repeated(int times, byte[]... options) {
        Packets packets = start();
        for (int i = 0; i < times; i++) {
            packets.send(Ipv4.ANY, Ipv4.BROADCAST, options);
        }
        return packets;
    }

    private static void orders(List<Case> cases) {
        byte[] id = start().identifier();
        fail(cases, Rule.V4_12, "21 times", repeated(21, option(53, 1), id, ASKED));
        notSeen(cases, Rule.V4_12, "20 times", repeated(20, option(53, 1), id, ASKED));
        pass(cases, Rule.V4_12, start().discover().send(Ipv4.ANY, Ipv4.BROADCAST, option(53, 1), id, ASKED));
        note(cases, Rule.V4_12, "ascending", repeated(21, option(53, 1), ASKED, id));
        pass(cases, Rule.V4_19, lease());
        fail(cases, Rule.V4_19, "a proxy", many(1, option(55, 1, 3, 252)));
        Packets shuffled = many(1, ASKED).xid(0x85000000).discoverAsking(option(55, 121, 6, 1, 3));
        pass(cases, Rule.V4_20, shuffled);
        fail(cases, Rule.V4_20, "seven times", many(7, ASKED));
        notSeen(cases, Rule.V4_20, "six times", many(6, ASKED));
        note(cases, Rule.V4_20, "ascending", many(9, option(55, 1, 3, 6, 15)));
        pass(cases, Rule.R_13, lease());
        fail(cases, Rule.R_13, "late", many(1, option(55, 1, 3, 121)));
        fail(cases, Rule.R_13, "after 33", many(1, option(55, 33, 121, 3)));
        notSeen(cases, Rule.R_13, "no 121", many(1, option(55, 1, 3)));
    }

    private static void arp(List<Case> cases) {
        pass(cases, Rule.R_10, lease().arp(MacAddress.BROADCAST, Ipv4.ANY, ADDRESS));
        note(cases, Rule.R_10, "announces only", lease().arp(MacAddress.BROADCAST, ADDRESS, ADDRESS));
        notSeen(cases, Rule.R_10, "no ARP", lease());
        pass(cases, Rule.R_19, lease().arp(SERVER_MAC, ADDRESS, SERVER));
        Ipv4 gateway = Ipv4.of(192, 168, 4, 1);
        fail(
                cases,
                Rule.R_19,
                "an old gateway",
                start().arp(SERVER_MAC, ELSEWHERE, gateway).discover());
        notSeen(cases, Rule.R_19, "no ARP", lease());
        pass(cases, Rule.R_20, lease().arp(MacAddress.BROADCAST, Ipv4.ANY, ADDRESS));
        Ipv4 own = Ipv4.of(169, 254, 3, 4);
        fail(cases, Rule.R_20, "a probe", start().discover().arp(MacAddress.BROADCAST, Ipv4.ANY, own));
        fail(cases, Rule.R_20, "in use", start().discover().arp(MacAddress.BROADCAST, own, own));
    }
}
