package org.dhcpcanon.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.dhcpcanon.dbus.Listener;

/** Tells the service to do something, and people what came of it. */
record Order(Map<String, String> environment, PrintWriter out) {
    /** @param done what has happened to the address, which follows it */
    int toClient(String interfaceName, String member, String done) throws Failure {
        try (Daemon daemon = Daemon.reach(environment, Listener.DEAF)) {
            Overview overview = daemon.overview().of(List.of(interfaceName));
            for (ClientStatus client : overview.clients()) {
                daemon.ask(owner(daemon), client.path(), Daemon.CLIENT, member);
                out.println(
                        Terminal.safe(client.interfaceName() + ": " + done + ", address before: " + client.address()));
            }
        }
        out.flush();
        return 0;
    }

    int reload() throws Failure {
        try (Daemon daemon = Daemon.reach(environment, Listener.DEAF)) {
            daemon.ask(owner(daemon), Daemon.ROOT, Daemon.MANAGER, "Reload");
        }
        out.println("the settings are read; they hold for clients that begin from now on");
        out.flush();
        return 0;
    }

    private static String owner(Daemon daemon) throws Failure {
        return daemon.owner()
                .orElseThrow(() ->
                        Failure.unreachable("dhcpcanond is not running; it reads the settings whenever it is started"));
    }
}
