package org.dhcpcanon.audit;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.dhcpcanon.packet.ArpPacket;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;

/** Requirements that ARP shows. */
final class ArpRules {
    private static final String NO_ARP = "no ARP of this client in the capture";
    private static final int ACK = 5;
    private static final int LINK_LOCAL = 0xa9fe;

    private ArpRules() {}

    /** RFC 2131 §4.4.1 and RFC 5227 §2.1. */
    static Finding probes(Client client, Traffic traffic) {
        Optional<Seen.Arp> probe = client.arp().filter(ArpRules::isProbe).findFirst();
        if (probe.isPresent()) {
            return Finding.pass("", probe.get().frame());
        }
        return client.arp()
                .findFirst()
                .map(arp -> Finding.note("uses ARP, and does not probe", arp.frame()))
                .orElseGet(() -> Finding.notSeen(NO_ARP));
    }

    static boolean isProbe(Seen.Arp arp) {
        return arp.packet().operation() == ArpPacket.REQUEST
                && arp.packet().senderProtocol().equals(Ipv4.ANY);
    }

    /** RFC 4436: a question to the gateway of an earlier network, from an address of that network, before DHCP has begun. */
    static Finding noOldGateway(Client client, Traffic traffic) {
        Set<Ipv4> granted = new HashSet<>();
        Optional<Seen.Arp> early = Optional.empty();
        for (Seen seen : client.events()) {
            if (early.isPresent() && isBeginning(seen)) {
                return Finding.fail(
                        "asks for a gateway before it has a lease", early.get().frame());
            }
            if (seen instanceof Seen.Dhcp packet) {
                early = Optional.empty();
                granted.addAll(packet.isReply(ACK) ? Set.of(packet.message().yiaddr()) : Set.of());
            } else if (seen instanceof Seen.Arp arp && isDirected(arp)) {
                early = granted.contains(arp.packet().senderProtocol()) ? early : early.or(() -> Optional.of(arp));
            }
        }
        return fine(client);
    }

    private static boolean isDirected(Seen.Arp arp) {
        boolean unicast = arp.link()
                .destination()
                .filter(to -> !to.equals(MacAddress.BROADCAST))
                .isPresent();
        return unicast && arp.packet().operation() == ArpPacket.REQUEST && !isProbe(arp);
    }

    private static boolean isBeginning(Seen seen) {
        return seen instanceof Seen.Dhcp packet
                && packet.message().operation() == 1
                && Kind.of(packet, false).isBeginning();
    }

    /** RFC 3927 §2.1: the address is made from the hardware address. */
    static Finding noLinkLocal(Client client, Traffic traffic) {
        return client.arp()
                .filter(arp -> isLinkLocal(arp.packet().senderProtocol())
                        || (isProbe(arp) && isLinkLocal(arp.packet().targetProtocol())))
                .findFirst()
                .map(arp -> Finding.fail("takes a 169.254 address", arp.frame()))
                .orElseGet(() -> fine(client));
    }

    private static boolean isLinkLocal(Ipv4 address) {
        return address.bits() >>> 16 == LINK_LOCAL;
    }

    private static Finding fine(Client client) {
        return client.arp()
                .findFirst()
                .map(arp -> Finding.pass("", arp.frame()))
                .orElseGet(() -> Finding.notSeen(NO_ARP));
    }
}
