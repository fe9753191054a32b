package org.dhcpcanon.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.bus.BusService;
import org.dhcpcanon.bus.Duties;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.linux.BootClock;
import org.dhcpcanon.linux.FifoChannels;
import org.dhcpcanon.linux.PacketLinks;
import org.dhcpcanon.linux.Poller;
import org.dhcpcanon.linux.Processes;
import org.dhcpcanon.linux.Signals;
import org.dhcpcanon.linux.SystemdHeartbeat;
import org.dhcpcanon.nm.DeviceWatch;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.Control;
import org.dhcpcanon.runtime.Doorway;
import org.dhcpcanon.runtime.EventLoop;
import org.dhcpcanon.runtime.Heartbeat;
import org.dhcpcanon.runtime.InformedClients;
import org.dhcpcanon.runtime.Rehearsal;
import org.dhcpcanon.runtime.Sessions;
import org.dhcpcanon.runtime.Surroundings;
import org.dhcpcanon.settings.MistakeException;
import org.dhcpcanon.settings.Profiles;
import org.dhcpcanon.settings.Settings;
import org.dhcpcanon.settings.SettingsDirectory;
import org.dhcpcanon.shim.FormerLeaseFiles;
import org.dhcpcanon.shim.ShimDoorway;
import org.dhcpcanon.shim.StandingClients;
import org.tinylog.Logger;

/** The whole service, wired together. */
final class Service {
    static final String SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket";
    static final String RUN_VARIABLE = "DHCPCANON_RUN";
    static final String RUN_DIRECTORY = "/run/dhcpcanon";
    static final String SETTINGS_VARIABLE = "DHCPCANON_SETTINGS";
    static final String SETTINGS_DIRECTORY = "/etc/dhcpcanon";
    /** The first real exchange is about as fast as the hundredth after this many. */
    static final int REHEARSALS = 30;

    static final Path JOURNAL_ON_DISK = Path.of("/var/log/journal");
    private static final int ROOT = 0;
    /** NetworkManager may hold an answer for half a minute, for every interface. */
    private static final int CONVERSATIONS = 64;

    private final BootClock clock = new BootClock();
    private final EventLoop loop;
    private final PacketLinks links;
    private final BusService bus;
    private final Sessions sessions;
    private final Doorway doorway;
    private final DeviceWatch watch;
    private final StandingClients standing;
    private final StandingClients adopted;
    private final Path settingsDirectory;
    private volatile Settings settings;

    private Service(String busAddress, Path runDirectory, Path settingsDirectory, Heartbeat heartbeat)
            throws IOException {
        this.settingsDirectory = settingsDirectory;
        settings = firstSettings(settingsDirectory);
        Poller poller = new Poller();
        links = new PacketLinks(poller);
        loop = new EventLoop(clock, poller, heartbeat);
        watch = new DeviceWatch(busAddress, loop, () -> settings.adoptsNew());
        Duties duties =
                new Duties(this::attach, this::start, this::control, this::reload, () -> settings.profiles(), watch);
        bus = new BusService(busAddress, duties, loop, Version.text());
        sessions = new Sessions(new Surroundings(
                clock,
                new SecureEntropy(),
                links,
                Sinks.of(loop, CONVERSATIONS, Optional.of(watch)),
                bus,
                new LogJournal(LogJournal.isInMemory(JOURNAL_ON_DISK)),
                request -> settings.policyFor(request),
                new FormerLeaseFiles(runDirectory.resolve("former"))));
        doorway = new ShimDoorway(
                runDirectory,
                ROOT,
                new FifoChannels(poller),
                new InformedClients(sessions, loop, watch::factsOf),
                Processes::exists);
        standing = new StandingClients(runDirectory.resolve("standing"), sessions);
        adopted = new StandingClients(runDirectory.resolve("adopted"), sessions);
    }

    /**
     * @throws IOException if the system does not let us wait for anything
     */
    static Service fromEnvironment(Map<String, String> environment) throws IOException {
        return new Service(
                environment.getOrDefault("DBUS_SYSTEM_BUS_ADDRESS", SYSTEM_BUS),
                Path.of(environment.getOrDefault(RUN_VARIABLE, RUN_DIRECTORY)),
                Path.of(environment.getOrDefault(SETTINGS_VARIABLE, SETTINGS_DIRECTORY)),
                SystemdHeartbeat.from(environment, ProcessHandle.current().pid()));
    }

    /** Who asks for anonymity and mistypes it gets the default, which is the most anonymous of all, and is told. */
    static Settings firstSettings(Path directory) {
        try {
            return SettingsDirectory.read(directory);
        } catch (MistakeException e) {
            Logger.error("the settings are not used, all clients are strict: {}", e.getMessage());
            return Settings.missing(String.valueOf(e.getMessage()));
        }
    }

    /** For clients that begin from now on; after a mistake, which is returned, the last good settings stay. Any thread. */
    private Optional<String> reload() {
        try {
            settings = SettingsDirectory.read(settingsDirectory);
            bus.reloaded();
            Logger.info("the settings are read anew, for clients that begin from now on");
            return Optional.empty();
        } catch (MistakeException e) {
            Logger.error("the settings stay as they were: {}", e.getMessage());
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void attach(String directory) throws AttachRefusedException {
        doorway.attach(directory);
    }

    private void start(String interfaceName) throws AttachRefusedException {
        standing.start(interfaceName);
    }

    private Control.Outcome control(int number, Command command) {
        return sessions.ask(number, command);
    }

    /**
     * Runs until somebody else has our name. When the process is told to end, it just ends: callers attach again, and the next service
     * finds what was remembered.
     */
    void run() {
        // Before the name is there, by which systemd knows that the service can be told to reload.
        // By it daemons are told to read their settings anew.
        Signals.handle("HUP", this::reload);
        var unused = bus.start().whenComplete((nothing, cause) -> joined(cause));
        watch.start(adopted);
        rehearse();
        standing.resume();
        loop.run(sessions);
        throw new IllegalStateException("the name on the bus is taken");
    }

    private void rehearse() {
        Rehearsal.run(Profiles.strict(), REHEARSALS);
        links.rehearse(REHEARSALS, clock);
    }

    private void joined(Throwable cause) {
        if (cause == null) {
            Logger.info("dhcpcanond {} is ready", Version.text());
        } else {
            Logger.error("dhcpcanond cannot have its name on the bus: {}", cause.getMessage());
            loop.stop();
        }
    }

    /**
     * Lives a short life: joins the bus, shows a client that is not real, answers a caller, ends. What runs here is what an archive of
     * classes holds.
     *
     * @param visitor what a program on the bus would do meanwhile, on a thread of its own
     */
    void train(Runnable visitor) {
        bus.start().join();
        rehearse();
        Rehearsal.run(Profiles.strict(), bus);
        Thread visit = new Thread(() -> {
            visitor.run();
            loop.stop();
        });
        visit.start();
        loop.run(sessions);
        bus.close();
    }
}
