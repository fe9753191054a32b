package org.dhcpcanon.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.Call;
import org.dhcpcanon.dbus.ErrorName;
import org.dhcpcanon.dbus.Listener;
import org.dhcpcanon.dbus.NameTakenException;
import org.dhcpcanon.dbus.Signal;
import org.dhcpcanon.runtime.ClientView;
import org.dhcpcanon.runtime.ClientWatcher;
import org.dhcpcanon.runtime.Doorway;
import org.dhcpcanon.runtime.LeaseNews;
import org.dhcpcanon.runtime.Mailbox;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The service {@code org.dhcpcanon1} on a message bus.
 *
 * <p>One thread owns the objects and writes; another reads. If the bus goes away, it is joined again, and everything is there as
 * before. The loop thread only leaves notes here and is never held up.
 */
public final class BusService implements ClientWatcher, AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Calls and events that may wait; beyond, calls are refused and events lost. Changes of state never are: they wait as one. */
    private static final int MOST_WAITING = 1024;

    private final String address;
    private final Map<Integer, ClientView> known = new ConcurrentHashMap<>();
    private final Set<Integer> dirty = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Objects objects;
    private final Announcer announcer;
    private final Gate gate;
    private final Thread writer = new Thread(this::run, "dbus-writer");
    private volatile @Nullable Session session;

    /** One connection to the bus. */
    private final class Session implements Listener {
        private final Methods methods = new Methods(objects, this::attach);
        private volatile boolean over;
        private volatile @Nullable Bus bus;

        private void attach(Call call) {
            Bus joined = bus;
            if (joined == null) {
                call.refuse(ErrorName.FAILED, "the service is not on the bus yet");
            } else {
                gate.attach(joined, call);
            }
        }

        @Override
        public void called(Call call) {
            if (work.size() >= MOST_WAITING) {
                call.refuse(ErrorName.LIMITS_EXCEEDED, "too many calls at once");
            } else {
                work.add(() -> methods.handle(call));
            }
        }

        @Override
        public void signalled(Signal signal) {
            if (signal.sender().equals("org.freedesktop.DBus")
                    && signal.member().equals("NameLost")) {
                Logger.error("the bus has taken the name {} from us", Names.BUS_NAME);
                end();
            }
        }

        @Override
        public void lost(String why) {
            if (closing.getCount() > 0) {
                Logger.warn("the message bus is lost: {}", why);
            }
            over = true;
            work.add(() -> {});
        }

        private void end() {
            Bus joined = bus;
            if (joined != null) {
                joined.close();
            }
        }
    }

    /**
     * @param address of the bus, such as {@code unix:path=/run/dbus/system_bus_socket}
     * @param version of the program, for people
     */
    public BusService(String address, Doorway doorway, Mailbox mailbox, String version) {
        this.address = address;
        this.objects = new Objects(version);
        this.announcer = new Announcer(objects);
        this.gate = new Gate(doorway, mailbox, work::add);
    }

    /**
     * Joins the bus in the background, as often as needed.
     *
     * @return completes when the name is owned for the first time; fails with {@link NameTakenException} if somebody else has it,
     *     and then nothing more is tried
     */
    public CompletableFuture<Void> start() {
        writer.setDaemon(true);
        writer.start();
        return ready.copy();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (closing.getCount() > 0) {
            Session joined = new Session();
            try {
                join(joined);
                pause = FIRST_PAUSE;
                serve(joined);
            } catch (NameTakenException e) {
                if (ready.completeExceptionally(e)) {
                    close();
                }
                Logger.error("{}", e.getMessage());
            } catch (IOException e) {
                Logger.warn("no service on the message bus {}: {}", address, e.getMessage());
            } finally {
                session = null;
                joined.end();
            }
            rest(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void rest(Duration pause) {
        try {
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                Logger.debug("the bus service ends");
            }
        } catch (InterruptedException e) {
            close();
        }
    }

    /** The objects are there before the name is: who sees the name sees them all. */
    private void join(Session joining) throws IOException {
        Bus bus = Bus.join(address, joining);
        joining.bus = bus;
        session = joining;
        objects.replace(known.values());
        bus.own(Names.BUS_NAME);
        ready.complete(null);
        Logger.info("owns {} on the message bus as {}", Names.BUS_NAME, bus.uniqueName());
    }

    private void serve(Session joined) throws IOException {
        Bus bus = java.util.Objects.requireNonNull(joined.bus);
        try {
            while (!joined.over && closing.getCount() > 0) {
                work.take().run();
                if (work.isEmpty()) {
                    announcer.list(bus.connection());
                }
            }
        } catch (InterruptedException e) {
            close();
        }
    }

    /** Notes that the state of one client is to be shown; several changes before that are shown as one. */
    private void show(int number) {
        if (dirty.add(number)) {
            work.add(() -> {
                dirty.remove(number);
                onBus(bus -> announcer.update(bus.connection(), number, Optional.ofNullable(known.get(number))));
            });
        }
    }

    /** Something to say on the bus. */
    private interface Saying {
        void on(Bus bus) throws IOException;
    }

    private void onBus(Saying saying) {
        Session current = session;
        Bus bus = current == null ? null : current.bus;
        if (current == null || bus == null) {
            return;
        }
        try {
            saying.on(bus);
        } catch (IOException e) {
            Logger.warn("the message bus: {}", e.getMessage());
            current.end();
        }
    }

    @Override
    public void appeared(ClientView client) {
        changed(client);
    }

    @Override
    public void changed(ClientView client) {
        known.put(client.number(), client);
        show(client.number());
    }

    @Override
    public void told(int number, LeaseNews news) {
        if (session == null || work.size() >= MOST_WAITING) {
            return;
        }
        work.add(() -> onBus(bus -> announcer.event(bus.connection(), number, news)));
    }

    @Override
    public void gone(int number) {
        known.remove(number);
        show(number);
    }

    /** Leaves the bus. Any thread; does not wait. */
    @Override
    public void close() {
        closing.countDown();
        Session current = session;
        if (current != null) {
            current.end();
        }
        work.add(() -> {});
    }
}
