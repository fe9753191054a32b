package org.dhcpcanon.shim;

import static org.dhcpcanon.runtime.AttachRefusedException.Kind.NO_INTERFACE;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.Caller;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.Clients;
import org.dhcpcanon.runtime.Residents;
import org.dhcpcanon.runtime.ScriptRunner;
import org.dhcpcanon.runtime.Starter;
import org.tinylog.Logger;

/**
 * Clients without a shim: that somebody asked for on the bus, or that go with a connection of NetworkManager. They live until they are
 * told to stop, and a service that is started anew goes on with them: each has a directory BASE/INTERFACE with its lease. On the loop
 * thread.
 */
public final class StandingClients implements Starter, Residents {
    /** What {@link ClientRequest#route} says of those that were asked for on the bus. */
    public static final String ROUTE = "bus";

    private static final int NO_PROCESS = 0;
    private static final int NO_SCRIPT = -1;

    private final Path base;
    private final Clients clients;
    private final Map<String, Standing> standing = new HashMap<>();

    /** @param base where they are remembered, {@code /run/dhcpcanon/standing}; made when it is needed */
    public StandingClients(Path base, Clients clients) {
        this.base = base;
        this.clients = clients;
    }

    @Override
    public void start(String interfaceName) throws AttachRefusedException {
        var unused = start(request(interfaceName));
    }

    @Override
    public SortedMap<String, String> start(ClientRequest request) throws AttachRefusedException {
        String interfaceName = request.interfaceName();
        if (!DhclientArguments.isInterfaceName(interfaceName)) {
            throw new AttachRefusedException(NO_INTERFACE, "no interface can have this name");
        }
        Standing caller = new Standing(interfaceName, base.resolve(interfaceName));
        try {
            clients.start(request, caller);
        } catch (AttachRefusedException e) {
            caller.exit(1);
            throw e;
        }
        // Not before: an older one of the same interface takes its directory with it.
        caller.settle();
        standing.put(interfaceName, caller);
        return clients.held(interfaceName);
    }

    @Override
    public void end(String interfaceName, boolean release) {
        Standing caller = standing.remove(interfaceName);
        if (caller == null) {
            return;
        }
        if (release) {
            clients.conclude(caller, Command.RELEASE, () -> caller.exit(0));
        } else {
            clients.callerEnded(caller);
            caller.exit(0);
        }
    }

    @Override
    public void keep(Set<String> interfaceNames) {
        for (String interfaceName : remembered()) {
            if (!interfaceNames.contains(interfaceName)) {
                new Standing(interfaceName, base.resolve(interfaceName)).exit(0);
            }
        }
    }

    /** Goes on with those of a service before this one; those whose interface is gone are forgotten. */
    public void resume() {
        for (String interfaceName : remembered()) {
            try {
                start(interfaceName);
            } catch (AttachRefusedException e) {
                Logger.warn("{}: does not go on: {}", interfaceName, e.getMessage());
            }
        }
    }

    private List<String> remembered() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(base)) {
            found.forEach(path -> names.add(path.getFileName().toString()));
        } catch (NoSuchFileException e) {
            Logger.debug("nobody has started a client on the bus");
        } catch (IOException e) {
            Logger.warn("clients of before are not found: {}", e.toString());
        }
        return names;
    }

    private static ClientRequest request(String interfaceName) {
        return new ClientRequest(
                interfaceName,
                NO_PROCESS,
                ROUTE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                List.of(),
                List.of());
    }

    /** Nobody who could hear or run anything. */
    private record Standing(String interfaceName, Path directory, FileLeaseStore store) implements Caller {
        Standing(String interfaceName, Path directory) {
            this(interfaceName, directory, new FileLeaseStore(directory.resolve("lease")));
        }

        void settle() {
            try {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (IOException e) {
                Logger.warn("{}: is forgotten when the service ends: {}", interfaceName, e.toString());
            }
        }

        @Override
        public void exit(int code) {
            store.forget();
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                Logger.warn("{}: its directory stays: {}", interfaceName, e.toString());
            }
        }

        @Override
        public void message(String text) {
            Logger.info("{}: {}", interfaceName, text);
        }

        @Override
        public ScriptRunner scripts() {
            return (environment, status) -> status.accept(NO_SCRIPT);
        }
    }
}
