package org.dhcpcanon.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.linux.BootClock;
import org.dhcpcanon.linux.FifoChannels;
import org.dhcpcanon.linux.PacketLinks;
import org.dhcpcanon.linux.Poller;
import org.dhcpcanon.linux.Processes;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.Caller;
import org.dhcpcanon.runtime.Doorway;
import org.dhcpcanon.runtime.EventLoop;
import org.dhcpcanon.runtime.ForwardedClients;
import org.dhcpcanon.runtime.Heartbeat;
import org.dhcpcanon.runtime.Rehearsal;
import org.dhcpcanon.runtime.Sessions;
import org.dhcpcanon.runtime.Surroundings;
import org.dhcpcanon.settings.Profiles;
import org.dhcpcanon.settings.Settings;
import org.dhcpcanon.shim.FormerLeaseFiles;
import org.dhcpcanon.shim.ShimDoorway;

/** A service for one caller, where there is no bus: early in the boot, in a container. It ends with its caller. */
final class PrivateService {
    private static final int ROOT = 0;

    private final BootClock clock = new BootClock();
    private final EventLoop loop;
    private final PacketLinks links;
    private final Sessions sessions;
    private final Doorway doorway;

    private PrivateService(Path runDirectory, Settings settings) throws IOException {
        Poller poller = new Poller();
        links = new PacketLinks(poller);
        loop = new EventLoop(clock, poller, Heartbeat.NONE);
        sessions = new Sessions(new Surroundings(
                clock,
                new SecureEntropy(),
                links,
                Sinks.of(loop, 1, Optional.empty()),
                // Without a bus nobody watches.
                view -> {},
                new LogJournal(LogJournal.isInMemory(Service.JOURNAL_ON_DISK)),
                settings::policyFor,
                new FormerLeaseFiles(runDirectory.resolve("former"))));
        doorway = new ShimDoorway(
                runDirectory, ROOT, new FifoChannels(poller), new OneCaller(sessions, loop), Processes::exists);
    }

    /**
     * @throws IOException if the system does not let us wait for anything
     */
    static PrivateService fromEnvironment(Map<String, String> environment) throws IOException {
        return new PrivateService(
                Path.of(environment.getOrDefault(Service.RUN_VARIABLE, Service.RUN_DIRECTORY)),
                Service.firstSettings(
                        Path.of(environment.getOrDefault(Service.SETTINGS_VARIABLE, Service.SETTINGS_DIRECTORY))));
    }

    /**
     * Runs until the caller has ended.
     *
     * @throws IOException if the caller is refused
     */
    void run(String directory) throws IOException {
        Rehearsal.run(Profiles.strict(), Service.REHEARSALS);
        links.rehearse(Service.REHEARSALS, clock);
        try {
            doorway.attach(directory);
        } catch (AttachRefusedException e) {
            // The shim reads this.
            System.out.println("refused: " + e.getMessage());
            throw new IOException("the caller is refused", e);
        }
        System.out.println("ready");
        loop.run(sessions);
    }

    /** Ends the loop with the caller. */
    private static final class OneCaller extends ForwardedClients {
        private final EventLoop loop;

        OneCaller(Sessions sessions, EventLoop loop) {
            super(sessions);
            this.loop = loop;
        }

        @Override
        public void callerEnded(Caller caller) {
            super.callerEnded(caller);
            loop.stop();
        }
    }
}
