package org.dhcpcanon.client;

import java.util.List;
import java.util.Optional;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.packet.DropReason;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Prefix;

/** Whether a server's message is for us at all, before a state sees it. */
public final class ReplyFilter {
    private ReplyFilter() {}

    /**
     * @param source who sent the packet, by its IPv4 header
     * @param rejected servers that the user does not want
     * @param required options without which the user does not want an offer; those that are not asked for do not count
     * @return why it is not; empty if it is
     */
    public static Optional<DropReason> check(
            Message message, Ipv4 source, State state, Turn turn, List<Prefix> rejected, List<Integer> required) {
        if (state.awaited().isEmpty()) {
            return Optional.of(DropReason.UNEXPECTED);
        }
        if (state.awaited().get().transactionId() != message.transactionId()) {
            return Optional.of(DropReason.OTHER_TRANSACTION);
        }
        if (!message.hardware().equals(turn.hardware())) {
            return Optional.of(DropReason.OTHER_HARDWARE);
        }
        if (echoesAnother(message, state.awaited().get())) {
            return Optional.of(DropReason.OTHER_CLIENT_ID);
        }
        return checkServer(message, source, rejected)
                .or(() -> lacks(message, turn, required) ? Optional.of(DropReason.LACKS_OPTION) : Optional.empty());
    }

    private static boolean lacks(Message message, Turn turn, List<Integer> required) {
        return message.type() == MessageType.OFFER
                && required.stream()
                        .filter(turn.profile().parameters()::contains)
                        .anyMatch(code -> message.options().find(code).isEmpty());
    }

    /** RFC 6842 §3: a server echoes the client identifier; one that is not ours was meant for somebody else. */
    private static boolean echoesAnother(Message message, Exchange exchange) {
        return message.options()
                .find(Option.CLIENT_IDENTIFIER)
                .filter(echo -> !Optional.of(echo).equals(exchange.standing().find(Option.CLIENT_IDENTIFIER)))
                .isPresent();
    }

    private static Optional<DropReason> checkServer(Message message, Ipv4 source, List<Prefix> rejected) {
        try {
            Ipv4 server = LeaseReader.server(message.options());
            boolean unwanted = rejected.stream().anyMatch(one -> one.contains(server) || one.contains(source));
            return unwanted ? Optional.of(DropReason.REJECTED_SERVER) : Optional.empty();
        } catch (MalformedPacketException e) {
            return Optional.of(e.reason());
        }
    }
}
