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

    /** Nothing more will be told; what is under way is given up. */
    @Override
    void close();
}
