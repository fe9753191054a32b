package org.dhcpcanon.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.Call;
import org.dhcpcanon.dbus.ErrorName;
import org.dhcpcanon.dbus.Listener;
import org.dhcpcanon.dbus.NameTakenException;
import org.dhcpcanon.dbus.Signal;
import org.dhcpcanon.runtime.ClientView;
import org.dhcpcanon.runtime.ClientWatcher;
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

    private final String address;
    private final Map<Integer, ClientView> known = new ConcurrentHashMap<>();
    private final Set<Integer> dirty = ConcurrentHashMap.newKeySet();
    private final Backlog work = new Backlog();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Catalogue objects;
    private final Announcer announcer;
    private final Gate gate;
    private final Thread writer = new Thread(this::run, "dbus-writer");
    private volatile @Nullable Membership membership;

    /** Being on the bus, from joining it to its end. */
    private final class Membership implements Listener {
        private final Methods methods = new Methods(objects, gate, this::joined);
        private volatile boolean over;
        private volatile @Nullable Bus bus;

        private Optional<Bus> joined() {
            return Optional.ofNullable(bus);
        }

        @Override
        public void called(Call call) {
            if (!work.offer(call, methods::handle)) {
                call.refuse(ErrorName.LIMITS_EXCEEDED, "too many calls at once");
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
            work.execute(() -> {});
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
    public BusService(String address, Duties duties, Mailbox mailbox, String version) {
        this.address = address;
        this.objects = new Catalogue(version, duties.profiles());
        this.announcer = new Announcer(objects);
        this.gate = new Gate(duties, mailbox, work);
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

    /** An {@link Error} ends the thread: after it nobody knows what we know, and the program ends. */
    private void run() {
        Duration pause = FIRST_PAUSE;
        while (closing.getCount() > 0) {
            Membership joined = new Membership();
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
            } catch (RuntimeException e) {
                Logger.error(e, "the bus service made a mistake, and begins anew");
            } finally {
                membership = null;
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
    private void join(Membership joining) throws IOException {
        Bus bus = Bus.join(address, joining);
        joining.bus = bus;
        membership = joining;
        objects.replace(known.values());
        bus.own(Names.BUS_NAME);
        ready.complete(null);
        Logger.info("owns {} on the message bus as {}", Names.BUS_NAME, bus.uniqueName());
    }

    private void serve(Membership joined) throws IOException {
        Bus bus = Objects.requireNonNull(joined.bus);
        try {
            while (!joined.over && closing.getCount() > 0) {
                work.next();
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
            work.execute(() -> {
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
        Membership current = membership;
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
        Runnable event = () -> onBus(bus -> announcer.event(bus.connection(), number, news));
        if (membership != null && !work.offer(event)) {
            Logger.warn("an event was lost: the message bus is too slow");
        }
    }

    @Override
    public void gone(int number) {
        known.remove(number);
        show(number);
    }

    /** The settings were read anew, and there may be other profiles. Any thread; does not wait. */
    public void reloaded() {
        work.execute(announcer::reloaded);
    }

    /** Leaves the bus. Any thread; does not wait. */
    @Override
    public void close() {
        closing.countDown();
        Membership current = membership;
        if (current != null) {
            current.end();
        }
        work.execute(() -> {});
    }
}
