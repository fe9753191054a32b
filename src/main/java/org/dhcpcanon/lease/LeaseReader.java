package org.dhcpcanon.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;
import org.dhcpcanon.packet.Prefix;

/** Reads what an OFFER or ACK grants, and refuses what no host could use. */
public final class LeaseReader {
    /** What counts in a reply although nobody lists it: it carries the lease itself. */
    private static final List<Option> ALWAYS = List.of(
            Option.DHCP_MESSAGE_TYPE,
            Option.SERVER_IDENTIFIER,
            Option.LEASE_TIME,
            Option.RENEWAL_TIME,
            Option.REBINDING_TIME);

    private LeaseReader() {}

    /**
     * The lease in a message.
     *
     * @param standing what was sent in all messages; options that its parameter request list lacks are left out of the lease
     * @param startedAt when our message was sent, nanoseconds on the boot clock
     * @param fuzz see {@link LeaseTimes#of}
     * @throws MalformedPacketException if the message grants nothing that can be used
     */
    public static Lease read(Message message, Options standing, long startedAt, long fuzz)
            throws MalformedPacketException {
        Options options = message.options();
        Lease lease = new Lease(
                message.hardware(),
                message.yourAddress(),
                message.nextServer(),
                server(options),
                times(options, startedAt, fuzz),
                standing,
                message.boot(),
                options.only(kept(Lease.requested(standing))));
        checkAddress(lease);
        return lease;
    }

    private static List<Integer> kept(List<Integer> requested) {
        List<Integer> kept = new ArrayList<>(requested);
        ALWAYS.forEach(option -> kept.add(option.code()));
        return kept;
    }

    /** RFC 2131 §4.3.1 demands a server identifier in every OFFER, ACK and NAK. */
    public static Ipv4 server(Options options) throws MalformedPacketException {
        Ipv4 server =
                fixed(options, Option.SERVER_IDENTIFIER, DropReason.NO_SERVER).addressAt(0);
        if (!server.isHost()) {
            throw new MalformedPacketException(DropReason.NO_SERVER);
        }
        return server;
    }

    private static LeaseTimes times(Options options, long startedAt, long fuzz) throws MalformedPacketException {
        long seconds =
                fixed(options, Option.LEASE_TIME, DropReason.NO_LEASE_TIME).u32At(0);
        if (seconds == 0) {
            throw new MalformedPacketException(DropReason.NO_LEASE_TIME);
        }
        return LeaseTimes.of(
                startedAt, seconds, hint(options, Option.RENEWAL_TIME), hint(options, Option.REBINDING_TIME), fuzz);
    }

    private static OptionalLong hint(Options options, Option option) {
        return options.find(option)
                .filter(value -> value.length() == 4)
                .map(value -> OptionalLong.of(value.u32At(0)))
                .orElse(OptionalLong.empty());
    }

    private static Octets fixed(Options options, Option option, DropReason ifAbsent) throws MalformedPacketException {
        Octets value = options.find(option).orElseThrow(() -> new MalformedPacketException(ifAbsent));
        if (value.length() != 4) {
            throw new MalformedPacketException(DropReason.BAD_OPTION_VALUE);
        }
        return value;
    }

    private static void checkAddress(Lease lease) throws MalformedPacketException {
        if (lease.options().has(Option.SUBNET_MASK)) {
            checkMask(fixed(lease.options(), Option.SUBNET_MASK, DropReason.BAD_OPTION_VALUE)
                    .addressAt(0));
        }
        if (!isUsable(lease.address(), lease.subnet())) {
            throw new MalformedPacketException(DropReason.BAD_ADDRESS);
        }
    }

    private static void checkMask(Ipv4 mask) throws MalformedPacketException {
        if (mask.bits() == 0 || !Ipv4.mask(Integer.bitCount(mask.bits())).equals(mask)) {
            throw new MalformedPacketException(DropReason.BAD_OPTION_VALUE);
        }
    }

    /** Not the subnet's own or broadcast address, which /31 (RFC 3021) and /32 do not have. */
    private static boolean isUsable(Ipv4 address, Prefix subnet) {
        boolean special =
                subnet.length() < 31 && (address.equals(subnet.network()) || address.equals(subnet.broadcast()));
        return address.isHost() && !special;
    }
}
