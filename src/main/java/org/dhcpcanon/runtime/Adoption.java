package org.dhcpcanon.runtime;

import java.util.concurrent.CompletableFuture;

/** Takes IPv4 of NetworkManager's connections over, and gives it back. Any thread; does not wait. */
public interface Adoption {
    /**
     * Has NetworkManager leave IPv4 of a connection to us, from now on.
     *
     * @param connection its UUID, or its name if no other one has that
     * @return its UUID; fails with {@link AdoptionException}
     */
    CompletableFuture<String> adopt(String connection);

    /**
     * Has NetworkManager do what it did before.
     *
     * @param atOnce whether that is in force for what is up; else from when it comes up again
     */
    CompletableFuture<String> unadopt(String connection, boolean atOnce);
}
