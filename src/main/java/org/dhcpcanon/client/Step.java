package org.dhcpcanon.client;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dhcpcanon.packet.DropReason;

/**
 * The answer of a state to an event.
 *
 * @param next the state from now on
 * @param effects what is to be done, in this order
 */
public record Step(State next, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(State next, Effect... effects) {
        return new Step(next, Arrays.asList(effects));
    }

    /** Nothing happens. */
    static Step stay(State state) {
        return new Step(state, List.of());
    }

    static Step dropped(State state, DropReason reason) {
        return to(state, new Effect.Drop(reason));
    }

    /** The same step with effects before its own. */
    Step after(Effect... first) {
        return new Step(
                next, Stream.concat(Arrays.stream(first), effects.stream()).toList());
    }
}
