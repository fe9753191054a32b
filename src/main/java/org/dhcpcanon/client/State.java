package org.dhcpcanon.client;

import java.util.Locale;
import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Ipv4;

/**
 * A state of the client, RFC 2131 figure 5, holding what is true in it and nothing else. Every event has a method without a
 * default, and every method answers every case, so an unanswered event does not compile.
 */
public sealed interface State
        permits Stopped,
                Rebooting,
                Selecting,
                Requesting,
                Probing,
                Checking,
                Bound,
                Renewing,
                Rebinding,
                Waiting,
                Offline {
    Step onStart(Event.Start start, Turn turn);

    Step onReply(Event.Reply reply, Turn turn);

    Step onDeadline(Turn turn);

    Step onCommand(Command command, Turn turn);

    Step onAnswer(SinkAnswer answer, Turn turn);

    Step onVerdict(Verdict verdict, Turn turn);

    Step onCarrier(boolean present, Turn turn);

    /** When this state wants to act by itself, nanoseconds on the boot clock; {@code Long.MAX_VALUE} for never. */
    long deadline();

    /** The exchange whose replies are awaited; empty where none is. */
    default Optional<Exchange> awaited() {
        return Optional.empty();
    }

    /** The lease in use; empty where none is. */
    default Optional<Lease> held() {
        return Optional.empty();
    }

    /** The address that nobody else may have, where somebody watches that (see {@link Claim}): it is held, or about to be. */
    default Optional<Ipv4> claimed() {
        return held().map(Lease::address);
    }

    /** For people: {@code bound}, {@code selecting}, ... */
    default String title() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
