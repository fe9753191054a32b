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
     */
    record Start(Optional<Lease> remembered) implements Event {
        @Override
        public Step applyTo(State state, Turn turn) {
            return state.onStart(remembered, turn);
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
}
