package org.dhcpcanon.app;

import java.io.IOException;
import org.tinylog.Logger;

/** The command line of the service. */
public final class Main {
    private static final String USAGE = "Usage: dhcpcanond [--private DIRECTORY | --train | --version | --help]";
    private static final String HELP = USAGE + """


            Runs the service org.dhcpcanon1 on the system bus: anonymous DHCP clients (RFC 7844) for NetworkManager.
            It is started by D-Bus when the first client is wanted; there is no need to start it by hand.

              --private DIRECTORY
                         serves the one caller whose attach directory this is, without a bus, and ends with it;
                         says "ready" on standard output. dhclient starts it where there is no bus
              --train    lives a short life without network, on a bus of its own if DBUS_SYSTEM_BUS_ADDRESS names
                         one, and ends: what "dhcpcanond --make-archive" records
              --version  shows the version
              --help     shows this

            Environment:
              DBUS_SYSTEM_BUS_ADDRESS  the bus (default unix:path=/run/dbus/system_bus_socket)
              DHCPCANON_RUN            where callers put their attach directories (default /run/dhcpcanon)
              DHCPCANON_SETTINGS       where dhcpcanon.conf is (default /etc/dhcpcanon); SIGHUP has it read anew

            Exit status: 0 done, 1 cannot run, 2 wrong arguments or environment.""";

    private Main() {}

    /** Runs the service, or does what the one argument says. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        if (arguments.length == 0) {
            return serve(() -> Service.fromEnvironment(System.getenv()).run());
        }
        if (arguments.length == 2 && arguments[0].equals("--private")) {
            return serve(() -> PrivateService.fromEnvironment(System.getenv()).run(arguments[1]));
        }
        return switch (arguments.length == 1 ? arguments[0] : "") {
            case "--version" -> show("dhcpcanon " + Version.text());
            case "--help" -> show(HELP);
            case "--train" -> train();
            default -> refuse();
        };
    }

    /** Something that serves until it is over. */
    private interface Serving {
        void run() throws IOException;
    }

    private static int serve(Serving serving) {
        // A thread that died of an error leaves half a service behind; the next one goes on with all leases.
        Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> {
            Logger.error(cause, "{} died", thread.getName());
            Runtime.getRuntime().halt(1);
        });
        try {
            serving.run();
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("dhcpcanond: " + e.getMessage());
            return 2;
        } catch (IOException | IllegalStateException e) {
            Logger.error(e, "dhcpcanond cannot run");
            return 1;
        }
    }

    private static int train() {
        try {
            Training.run(System.getenv());
            return 0;
        } catch (IOException e) {
            System.err.println("dhcpcanond: the training failed: " + e.getMessage());
            return 1;
        }
    }

    private static int show(String text) {
        System.out.println(text);
        return 0;
    }

    private static int refuse() {
        System.err.println("dhcpcanond: wrong arguments\n" + USAGE);
        return 2;
    }
}
