package org.dhcpcanon.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;

/** What a server's message grants to this client, read as the profile would read it. */
final class Grant {
    private Grant() {}

    /** The times of an offer do not matter yet, only whether there are any. */
    static Lease offered(Event.Reply reply, Exchange exchange, Turn turn) throws MalformedPacketException {
        return LeaseReader.read(reply.message(), exchange.standing(), turn.now(), 0);
    }

    /** What an offer says of V6ONLY_WAIT in seconds, if we have asked; there may be no address in it (RFC 8925 §3.3). */
    static OptionalLong ipv6Only(Event.Reply reply, Exchange exchange) {
        if (!Lease.requested(exchange.standing()).contains(Option.V6_ONLY_PREFERRED.code())) {
            return OptionalLong.empty();
        }
        return reply.message()
                .options()
                .find(Option.V6_ONLY_PREFERRED)
                .filter(value -> value.length() == 4)
                .map(value -> OptionalLong.of(value.u32At(0)))
                .orElse(OptionalLong.empty());
    }

    /** The lease runs from the moment in which the REQUEST was sent (RFC 2131 §4.4.1). */
    static Lease acknowledged(Event.Reply reply, Exchange exchange, Turn turn) throws MalformedPacketException {
        Timing timing = turn.profile().timing();
        Options sent = timing.serverTimes()
                ? reply.message().options()
                : withoutTimes(reply.message().options());
        long fuzz = Wait.fuzz(timing.fuzz(), turn.entropy());
        return LeaseReader.read(reply.message().withOptions(sent), exchange.standing(), exchange.sentAt(), fuzz);
    }

    private static Options withoutTimes(Options options) {
        Map<Integer, Octets> rest = new LinkedHashMap<>(options.asMap());
        rest.remove(Option.RENEWAL_TIME.code());
        rest.remove(Option.REBINDING_TIME.code());
        return Options.of(rest);
    }
}
