package org.dhcpcanon.nm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.LeaseSink;
import org.dhcpcanon.runtime.Mailbox;
import org.dhcpcanon.runtime.ScriptRunner;
import org.dhcpcanon.runtime.SinkFactory;

/** Makes the sinks of all clients, which share their workers. */
public final class NetworkManagerSinks implements SinkFactory {
    /** Where NetworkManager listens, since 1.0. */
    public static final String SOCKET = "unix:path=/run/NetworkManager/private-dhcp";

    private static final long IDLE_SECONDS = 5;
    /** Until a task that found no free thread tries again. */
    private static final long PAUSE_MILLIS = 10;

    private final Mailbox mailbox;
    private final Executor workers;
    private final String address;

    public NetworkManagerSinks(Mailbox mailbox, Executor workers, String address) {
        this.mailbox = mailbox;
        this.workers = workers;
        this.address = address;
    }

    /**
     * Daemon threads that appear with work, are used again, and go without it.
     *
     * @param most as many conversations are held at a time; those beyond wait for one to end
     */
    public static Executor workers(int most) {
        return new ThreadPoolExecutor(
                0,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                NetworkManagerSinks::daemon,
                (task, full) -> CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, full)
                        .execute(task));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "nm-notify");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public LeaseSink sinkFor(ClientRequest request, ScriptRunner scripts) {
        return new NetworkManagerSink(request, scripts, mailbox, workers, address, Patience.USUAL);
    }
}
