package org.dhcpcanon.bus;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.dhcpcanon.dbus.Call;
import org.tinylog.Logger;

/** What waits for the thread that writes to the bus. Anybody on the bus can call, so that calls wait in bounded number and size. */
final class Backlog implements Executor {
    /** Calls and events; beyond, calls are refused and events lost. Changes of state never are: they wait as one. */
    private static final int MOST = 1024;

    /** Of all calls together. */
    private static final long MOST_OCTETS = 1 << 20;

    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final AtomicLong octets = new AtomicLong();

    /** Leaves work that is ours. Any thread; does not wait. */
    @Override
    public void execute(Runnable task) {
        work.add(task);
    }

    /** @return false if there is no room, and the task will not run */
    boolean offer(Runnable task) {
        return work.size() < MOST && work.add(task);
    }

    /** @return false if there is no room, and the call will not be handled */
    boolean offer(Call call, Consumer<Call> handler) {
        int size = call.size();
        boolean room = octets.addAndGet(size) <= MOST_OCTETS
                && offer(() -> {
                    octets.addAndGet(-size);
                    handler.accept(call);
                });
        if (!room) {
            octets.addAndGet(-size);
        }
        return room;
    }

    /** Waits for something to do and does it. A mistake in it costs no more than itself; an {@link Error} is let through. */
    void next() throws InterruptedException {
        Runnable task = work.take();
        try {
            task.run();
        } catch (RuntimeException e) {
            Logger.error(e, "the bus service made a mistake");
        }
    }

    boolean isEmpty() {
        return work.isEmpty();
    }
}
