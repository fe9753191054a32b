package org.dhcpcanon.command;

import java.util.List;
import java.util.Map;
import org.dhcpcanon.dbus.Listener;

/** A run that loads the classes of {@code dhcpcanon status}, so that an archive of them can be made; changes and shows nothing. */
final class Training {
    private static final Map<String, Object> CLIENT = Map.of(
            "Interface",
            "lo",
            "ExpiryTime",
            60_000_000L,
            "Warnings",
            List.of("one"),
            "Suppressed",
            List.of("one"),
            "Dropped",
            Map.of("flood", 1L));

    private Training() {}

    /** As far as it comes without a service, or without a bus. */
    static void run(Map<String, String> environment) {
        ClientStatus client = new ClientStatus(Daemon.ROOT, new Properties(CLIENT), Properties.NONE);
        String shown = new StatusText(new Lifetime(1), Colour.NONE).table(List.of(client), true);
        try (Daemon daemon = Daemon.reach(environment, Listener.DEAF)) {
            daemon.rehearse();
        } catch (Failure e) {
            shown = e.getMessage() + "\n" + shown;
        }
        Dhcpcanon.commandLine(environment, "status").execute("status");
        System.err.print(shown);
    }
}
