package org.dhcpcanon.runtime;

import java.util.function.Consumer;
import org.dhcpcanon.client.SinkAnswer;

/** Who is told about the leases of one client: NetworkManager or a script. */
public interface LeaseSink extends AutoCloseable {
    /**
     * Tells, without blocking the caller. The loop tells one thing at a time and waits for its answer.
     *
     * @param answer gets the answer exactly once, on the loop thread, in bounded time
     */
    void tell(LeaseNews news, Consumer<SinkAnswer> answer);

    /**
     * Whether the one who is told configures the interface, and so must have answered PREINIT before anything is sent, and is told STOP
     * and RELEASE as well. NetworkManager does that by itself.
     */
    default boolean configures() {
        return false;
    }

    /**
     * The interface has another name from now on. NetworkManager, which is told by the name that it has asked with, knows.
     *
     * @param name the kernel's
     */
    default void renamed(String name) {}

    /** Nothing more will be told; what is under way is given up. */
    @Override
    void close();
}
