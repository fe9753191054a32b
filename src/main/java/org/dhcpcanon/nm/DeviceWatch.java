package org.dhcpcanon.nm;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.dbus.ErrorReplyException;
import org.dhcpcanon.dbus.Signal;
import org.dhcpcanon.nm.NetworkManagerBus.Applied;
import org.dhcpcanon.nm.NetworkManagerBus.Device;
import org.dhcpcanon.runtime.Adoption;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.ConnectionFacts;
import org.dhcpcanon.runtime.LeaseSink;
import org.dhcpcanon.runtime.Mailbox;
import org.dhcpcanon.runtime.Residents;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Watches which of NetworkManager's devices have an adopted connection up, has a client run for each, and has NetworkManager configure
 * them. Whatever happens there, we look at all of it and put right what is not: so nothing depends on having seen each change.
 *
 * <p>Everything on a thread of its own, which waits for NetworkManager.
 */
public final class DeviceWatch implements Adoption {
    /** What {@link ClientRequest#route} says of such clients. */
    public static final String ROUTE = "reapply";

    private static final int NO_PROCESS = 0;
    /** Seconds between our looks if NetworkManager does not do as we say; and between two changes if somebody undoes ours. */
    private static final long RETRY = 5;

    private static final long REST = 1;
    /** Seconds in which a NetworkManager that has been started has its connections up again. */
    private static final long GRACE = 15;

    private final Mailbox mailbox;
    private final WatchThread thread;
    private final ConnectionAdoption adoption;
    private final BooleanSupplier adoptsNew;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Map<String, LeasedDevice> devices = new LinkedHashMap<>();
    private final Map<String, Wish> wishes = new HashMap<>();
    private final Set<String> resting = new HashSet<>();
    private @Nullable Residents residents;
    /** Whether the leases of a service before this one were looked through. */
    private boolean swept;

    /**
     * @param address of the system bus
     * @param adoptsNew whether new Wi-Fi connections are adopted as soon as there are any
     */
    public DeviceWatch(String address, Mailbox mailbox, BooleanSupplier adoptsNew) {
        this.mailbox = mailbox;
        this.adoptsNew = adoptsNew;
        this.thread = new WatchThread(address, this::heard, this::found);
        this.adoption = new ConnectionAdoption();
    }

    /** Begins to watch. */
    public void start(Residents clients) {
        thread.start(() -> residents = clients);
    }

    /** Whom a client of {@link #ROUTE} tells. */
    public LeaseSink sinkFor(ClientRequest request) {
        return new ReapplySink(request.interfaceName(), this);
    }

    /**
     * The connection that is up on an interface, or on its way up, for a caller that does not say.
     *
     * @return empty if there is none, or nobody to ask; any thread; does not wait
     */
    public CompletableFuture<Optional<ConnectionFacts>> factsOf(String interfaceName) {
        return thread.ask(bus -> {
            Optional<Device> device = bus.deviceOf(interfaceName).filter(Device::hasConnection);
            return device.isEmpty()
                    ? Optional.empty()
                    : Optional.of(bus.applied(device.get()).profile().facts());
        });
    }

    @Override
    public CompletableFuture<String> adopt(String connection) {
        return thread.ask(bus -> adoption.adopt(bus, connection));
    }

    @Override
    public CompletableFuture<String> unadopt(String connection, boolean atOnce) {
        return thread.ask(bus -> adoption.unadopt(bus, connection, atOnce));
    }

    /** Any thread. */
    void want(String interfaceName, Optional<Addressing> addressing, Consumer<SinkAnswer> answer) {
        thread.run(() -> {
            wishes.put(interfaceName, new Wish(addressing, given -> mailbox.post(() -> answer.accept(given))));
            settle(interfaceName);
        });
    }

    /** A signal, on the thread that reads. */
    private void heard(Signal signal) {
        if (signal.member().equals("NewConnection") && adoptsNew.getAsBoolean()) {
            thread.run(() -> thread.withBus(bus -> adoption.adoptNew(bus, signal)));
        }
        if (!looking.getAndSet(true)) {
            thread.run(this::look);
        }
    }

    /** There is a NetworkManager, by the bus that we have joined; or another one than before. */
    private void found() {
        devices.values().forEach(LeasedDevice::await);
        thread.later(GRACE, TimeUnit.SECONDS, () -> {
            devices.values().forEach(LeasedDevice::giveUp);
            look();
        });
        look();
    }

    private void look() {
        looking.set(false);
        if (!thread.withBus(this::look)) {
            thread.later(RETRY, TimeUnit.SECONDS, this::look);
        }
    }

    private void look(NetworkManagerBus bus) throws IOException {
        Set<String> present = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (Device device : bus.devices()) {
            Optional<Applied> applied = device.hasConnection() ? applied(bus, device) : Optional.empty();
            if (applied.isEmpty() || !device.hasLink()) {
                continue;
            }
            if (applied.get().profile().isAdopted()) {
                present.add(device.interfaceName());
                take(device, applied.get());
            } else {
                others.add(device.interfaceName());
            }
        }
        for (Map.Entry<String, LeasedDevice> known : List.copyOf(devices.entrySet())) {
            boolean awaited = known.getValue().isAwaited() && !others.contains(known.getKey());
            if (!present.contains(known.getKey()) && !awaited) {
                leave(known.getKey());
            }
        }
        sweep(present);
    }

    /** Empty if it has none any more. */
    private Optional<Applied> applied(NetworkManagerBus bus, Device device) throws IOException {
        try {
            return Optional.of(adoption.upToDate(bus, device, bus.applied(device)));
        } catch (ErrorReplyException e) {
            return Optional.empty();
        }
    }

    private void take(Device device, Applied applied) {
        String name = device.interfaceName();
        LeasedDevice known = devices.get(name);
        if (known != null && known.isSame(device, applied.profile())) {
            known.refresh(device, applied);
            settle(name);
        } else {
            devices.put(name, new LeasedDevice(device, applied));
            wishes.remove(name);
            begin(request(name, applied.profile()));
        }
    }

    private static ClientRequest request(String interfaceName, ConnectionProfile profile) {
        return new ClientRequest(
                interfaceName,
                NO_PROCESS,
                ROUTE,
                Optional.of(profile.uuid()),
                Optional.empty(),
                profile.facts().rejected(),
                OptionalLong.empty(),
                profile.identifying(),
                List.of());
    }

    private void begin(ClientRequest request) {
        onLoop(clients -> {
            try {
                SortedMap<String, String> held = clients.start(request);
                if (!held.isEmpty()) {
                    want(request.interfaceName(), Addressing.of(held), answer -> {});
                }
            } catch (AttachRefusedException e) {
                Logger.error("{}: {}", request.interfaceName(), e.getMessage());
                want(request.interfaceName(), Optional.empty(), answer -> {});
            }
        });
    }

    private void leave(String name) {
        LeasedDevice left = devices.remove(name);
        boolean release = left != null && left.profile().isReleasing();
        onLoop(clients -> clients.end(name, release));
    }

    /** Once, when it is known who goes on. */
    private void sweep(Set<String> present) {
        if (!swept) {
            swept = true;
            onLoop(clients -> clients.keep(present));
        }
    }

    private void onLoop(Consumer<Residents> deed) {
        Residents clients = residents;
        if (clients != null) {
            mailbox.post(() -> deed.accept(clients));
        }
    }

    private void settle(String name) {
        Wish wish = wishes.get(name);
        LeasedDevice device = devices.get(name);
        if (wish == null) {
            return;
        }
        wishes.put(name, wish.answered());
        if (device == null) {
            wish.answer().accept(SinkAnswer.UNHEARD);
            return;
        }
        if (device.isDiscarded(wish.addressing()) && !resting.add(name)) {
            // Somebody does it again and again; we are not to be the faster one. It will have it in a moment.
            wish.answer().accept(SinkAnswer.ACCEPTED);
            return;
        }
        boolean settled = thread.withBus(bus -> device.settle(bus, wish.addressing()));
        wish.answer().accept(settled ? SinkAnswer.ACCEPTED : SinkAnswer.UNHEARD);
        if (!settled) {
            thread.later(RETRY, TimeUnit.SECONDS, this::look);
        }
        rest(name);
    }

    private void rest(String name) {
        if (resting.contains(name)) {
            thread.later(REST, TimeUnit.SECONDS, () -> {
                resting.remove(name);
                settle(name);
            });
        }
    }
}
