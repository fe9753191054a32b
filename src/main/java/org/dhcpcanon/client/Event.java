package org.dhcpcanon.client;

import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Message;

/** What can happen to a client. A value, so that it can be queued, logged and replayed. */
public sealed interface Event {
    Step applyTo(State state, Turn turn);

    /**
     * Begin.
     *
     * @param remembered the lease of this very caller from before a restart of the service
     * @param former the last lease in this network, where the administrator wants it asked for again
     */
    record Start(Optional<Lease> remembered, Optional<Lease> former) implements Event {
        @Override
        public Step applyTo(State state, Turn turn) {
            return state.onStart(this, turn);
        }
    }

    /** A server's message that {@link ReplyFilter} let through. */
    record Reply(Message message) implements Event {
        public ReplyType type() {
            return ReplyType.of(message.type());
        }

        @Override
        public Step applyTo(State state, Turn turn) {
            return state.onReply(this, turn);
        }
    }

    /** The state's deadline may have come; harmless if it has not. */
    record Deadline() implements Event {
        @Override
        public Step applyTo(State state, Turn turn) {
            return state.onDeadline(turn);
        }
    }

    /** Somebody wants something. */
    record Asked(Command command) implements Event {
        @Override
        public Step applyTo(State state, Turn turn) {
            return state.onCommand(command, turn);
        }
    }

    /** The one who was told about the present lease has answered. */
    record Answered(SinkAnswer answer) implements Event {
        @Override
        public Step applyTo(State state, Turn turn) {
            return state.onAnswer(answer, turn);
        }
    }

    /** What came out of asking whether somebody else has the address. */
    record Claimed(Verdict verdict) implements Event {
        @Override
        public Step applyTo(State state, Turn turn) {
            return state.onVerdict(verdict, turn);
        }
    }

    /** Packets get through no longer, or do again; {@link Turn#carrier} says the same already. */
    record Carrier(boolean present) implements Event {
        @Override
        public Step applyTo(State state, Turn turn) {
            return state.onCarrier(present, turn);
        }
    }
}
