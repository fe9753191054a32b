package org.dhcpcanon.nm;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dhcpcanon.dbus.Listener;
import org.dhcpcanon.dbus.Signal;
import org.dhcpcanon.runtime.AdoptionException;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** The thread that speaks with NetworkManager on the system bus, which it joins as often as needed. */
final class WatchThread {
    /** Seconds until the next attempt. */
    private static final long SHORTEST_PAUSE = 1;

    private static final long LONGEST_PAUSE = 30;

    /** Something to do with NetworkManager. */
    interface Task {
        void run(NetworkManagerBus bus) throws IOException;
    }

    /** Something to ask it. */
    interface Question<T> {
        T ask(NetworkManagerBus bus) throws IOException, AdoptionException;
    }

    private final String address;
    private final Consumer<Signal> onSignal;
    private final Runnable onFound;
    private final ScheduledThreadPoolExecutor executor;
    private @Nullable NetworkManagerBus bus;
    private volatile @Nullable NetworkManagerBus heard;
    private boolean running;
    private long pause = SHORTEST_PAUSE;

    /**
     * @param onSignal hears what NetworkManager tells, on the thread that reads
     * @param onFound runs here when there is a NetworkManager that was not there before
     */
    WatchThread(String address, Consumer<Signal> onSignal, Runnable onFound) {
        this.address = address;
        this.onSignal = onSignal;
        this.onFound = onFound;
        this.executor = new ScheduledThreadPoolExecutor(1, WatchThread::daemon);
        executor.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "nm-watch");
        thread.setDaemon(true);
        return thread;
    }

    /** @param first runs before all else */
    void start(Runnable first) {
        run(first);
        run(this::join);
    }

    /** Any thread; does not wait. */
    void run(Runnable task) {
        executor.execute(safely(task));
    }

    void later(long delay, TimeUnit unit, Runnable task) {
        var unused = executor.schedule(safely(task), delay, unit);
    }

    /** A mistake costs one task. An error ends the program, as in any other thread: what we know may be wrong after it. */
    private static Runnable safely(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                Logger.error(e, "a mistake while watching NetworkManager");
            } catch (Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        };
    }

    /** Does it if there is a NetworkManager; whether it was done. On this thread. */
    boolean withBus(Task task) {
        NetworkManagerBus joined = bus;
        if (joined == null || !running) {
            return false;
        }
        try {
            task.run(joined);
            return true;
        } catch (IOException e) {
            if (NetworkManagerBus.hasGone(e)) {
                Logger.debug("what we ask of NetworkManager is over: {}", e.getMessage());
            } else {
                Logger.warn("NetworkManager does not do what we ask: {}", e.getMessage());
            }
            return false;
        }
    }

    /** Any thread; does not wait. */
    <T> CompletableFuture<T> ask(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        run(() -> {
            NetworkManagerBus joined = bus;
            if (joined == null || !running) {
                answer.completeExceptionally(
                        new AdoptionException(AdoptionException.Kind.NETWORKMANAGER, "NetworkManager does not run"));
                return;
            }
            try {
                answer.complete(question.ask(joined));
            } catch (IOException | AdoptionException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private void join() {
        try {
            NetworkManagerBus joined = NetworkManagerBus.join(address, new Ear());
            bus = joined;
            heard = joined;
            pause = SHORTEST_PAUSE;
            find();
        } catch (IOException e) {
            Logger.warn("the message bus {} cannot be watched: {}", address, e.getMessage());
            later(pause, TimeUnit.SECONDS, this::join);
            pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
    }

    private void find() {
        NetworkManagerBus joined = bus;
        if (joined == null) {
            return;
        }
        try {
            running = joined.find();
            if (running) {
                onFound.run();
            }
        } catch (IOException e) {
            Logger.warn("{}", e.getMessage());
        }
    }

    /** On the thread that reads. */
    private final class Ear implements Listener {
        @Override
        public void signalled(Signal signal) {
            NetworkManagerBus joined = heard;
            if (signal.sender().equals("org.freedesktop.DBus")) {
                if (signal.member().equals("NameOwnerChanged")) {
                    run(WatchThread.this::find);
                }
            } else if (joined != null && joined.isOurs(signal)) {
                onSignal.accept(signal);
            }
        }

        @Override
        public void lost(String why) {
            run(() -> {
                if (bus != null) {
                    bus = null;
                    running = false;
                    later(pause, TimeUnit.SECONDS, WatchThread.this::join);
                }
            });
        }
    }
}
