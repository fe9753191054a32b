package org.dhcpcanon.nm;

import java.util.Optional;
import java.util.function.Consumer;
import org.dhcpcanon.client.SinkAnswer;

/**
 * What an interface is to have.
 *
 * @param addressing the addresses of a lease; empty for none
 * @param answer gets to know once whether it has
 */
record Wish(Optional<Addressing> addressing, Consumer<SinkAnswer> answer) {
    /** The same, of which everybody knows who should. */
    Wish answered() {
        return new Wish(addressing, unwanted -> {});
    }
}
