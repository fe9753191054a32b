package org.dhcpcanon.nm;

import java.time.Duration;

/**
 * How long we wait for NetworkManager.
 *
 * @param socket for its socket to take a connection and know us: it is made late, and is stale after a restart
 * @param answer for the answer to one Notify: NetworkManager holds it while it probes for address conflicts (up to 30 s), and in
 *     some cases for ever
 * @param method for the Notify method to appear, before the older way is taken
 */
public record Patience(Duration socket, Duration answer, Duration method) {
    /** As long as NetworkManager's own helper, but less than its 60 s for an answer, in which no other news could be told. */
    public static final Patience USUAL =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(40), Duration.ofMillis(200));

    /** For a whole conversation, the older way included. */
    Duration whole() {
        return socket.plus(answer).plus(method).plus(socket);
    }
}
