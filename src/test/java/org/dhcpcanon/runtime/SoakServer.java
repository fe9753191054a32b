package org.dhcpcanon.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;

/** A server that gives one address to whoever asks, and refuses any other one. */
final class SoakServer {
    private static final long FOR_EVER = 0xffff_ffffL;
    /** Seconds. */
    private static final List<Long> LEASES = List.of(600L, 3600L, 86_400L, FOR_EVER);

    private final SplittableRandom chance;
    private final Ipv4 address;
    private final long lease;
    private Ipv4 given = Ipv4.ANY;
    private boolean silent;
    private long grantedAt;

    SoakServer(SplittableRandom chance) {
        this.chance = chance;
        address = Ipv4.of(10, chance.nextInt(256), chance.nextInt(256), 1);
        lease = LEASES.get(chance.nextInt(LEASES.size()));
        assign();
    }

    Ipv4 address() {
        return address;
    }

    /** It has another address to give. */
    void assign() {
        given = Ipv4.of(10, address.bits() >>> 16 & 0xff, address.bits() >>> 8 & 0xff, 2 + chance.nextInt(250));
    }

    void silent(boolean wanted) {
        silent = wanted;
    }

    /** When the lease that it granted last ends, nanoseconds. */
    long grantEnds() {
        return lease == FOR_EVER ? Long.MAX_VALUE : grantedAt + lease * SoakHost.SECOND;
    }

    /** How much of that lease has passed, from 0 to 1. */
    double partOfLease(long now) {
        return (now - grantedAt) / (double) (lease * SoakHost.SECOND);
    }

    Optional<Message> answer(Message asked, long now) {
        if (silent) {
            return Optional.empty();
        }
        if (asked.type() == MessageType.DISCOVER) {
            return Optional.of(reply(MessageType.OFFER, asked));
        }
        return asked.type() == MessageType.REQUEST && isForUs(asked)
                ? Optional.of(reply(verdict(asked, now), asked))
                : Optional.empty();
    }

    private boolean isForUs(Message asked) {
        return asked.options()
                .find(Option.SERVER_IDENTIFIER)
                .map(chosen -> chosen.equals(Octets.of(address)))
                .orElse(true);
    }

    private MessageType verdict(Message asked, long now) {
        Ipv4 wanted = asked.options()
                .find(Option.REQUESTED_ADDRESS)
                .map(value -> value.addressAt(0))
                .orElse(asked.clientAddress());
        if (!wanted.equals(given)) {
            return MessageType.NAK;
        }
        grantedAt = now;
        return MessageType.ACK;
    }

    private Message reply(MessageType type, Message asked) {
        Map<Integer, Octets> options = new LinkedHashMap<>();
        options.put(Option.DHCP_MESSAGE_TYPE.code(), Octets.u8(type.code()));
        options.put(Option.SERVER_IDENTIFIER.code(), Octets.of(address));
        if (type != MessageType.NAK) {
            options.put(Option.LEASE_TIME.code(), Octets.u32(lease));
            options.put(Option.SUBNET_MASK.code(), Octets.of(Ipv4.mask(24)));
            options.put(Option.ROUTERS.code(), Octets.of(address));
        }
        return new Message(
                Message.BOOTREPLY,
                asked.transactionId(),
                0,
                0,
                Ipv4.ANY,
                type == MessageType.NAK ? Ipv4.ANY : given,
                Ipv4.ANY,
                Ipv4.ANY,
                asked.hardware(),
                Options.of(options));
    }
}
