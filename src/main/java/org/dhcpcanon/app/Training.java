package org.dhcpcanon.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.dhcpcanon.dbus.Bus;
import org.dhcpcanon.dbus.Listener;
import org.dhcpcanon.dbus.Target;
import org.dhcpcanon.runtime.Rehearsal;
import org.dhcpcanon.settings.Profiles;

/** A run that loads the classes of a real one, so that an archive of them can be made. Needs no network. */
final class Training {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PATH = "/org/dhcpcanon1";

    private Training() {}

    /**
     * With {@code DBUS_SYSTEM_BUS_ADDRESS} set, which must be a bus of our own, the whole service runs on it; else only the part of it
     * that needs none.
     */
    static void run(Map<String, String> environment) throws IOException {
        String address = environment.get("DBUS_SYSTEM_BUS_ADDRESS");
        if (address == null) {
            Rehearsal.run(Profiles.strict(), Service.REHEARSALS);
            return;
        }
        Path callers = Files.createTempDirectory("dhcpcanond-train");
        Map<String, String> settings = new HashMap<>(environment);
        settings.put(Service.RUN_VARIABLE, callers.toString());
        try {
            Service.fromEnvironment(settings).train(() -> visit(address, callers));
        } finally {
            Files.deleteIfExists(callers);
        }
    }

    private static void visit(String address, Path callers) {
        try (Bus bus = Bus.join(address, Listener.DEAF)) {
            call(bus, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", "");
            call(bus, "org.freedesktop.DBus.Introspectable", "Introspect", "");
            call(bus, "org.freedesktop.DBus.Properties", "GetAll", "s", "org.dhcpcanon1.Manager");
            // Refused, as there is no such directory: but the way there is a caller's way.
            call(
                    bus,
                    "org.dhcpcanon1.Manager",
                    "Attach",
                    "s",
                    callers.resolve("shim.1").toString());
        } catch (IOException e) {
            System.err.println("dhcpcanond: the training has no visitor: " + e.getMessage());
        }
    }

    private static void call(Bus bus, String face, String member, String signature, Object... arguments) {
        Target target = new Target(Optional.of("org.dhcpcanon1"), PATH, face);
        try {
            bus.connection()
                    .call(target, member, PATIENCE, signature, arguments)
                    .join();
        } catch (CompletionException refused) {
            // An error is an answer, too.
        }
    }
}
