package org.dhcpcanon.command;

import java.io.PrintWriter;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.dhcpcanon.dbus.Listener;
import org.dhcpcanon.dbus.Signal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dhcpcanon monitor}: a line for whatever happens, as it happens. */
@Command(
        name = "monitor",
        description =
                "Shows what happens, a line each, until it is interrupted. Waits for dhcpcanond, and does not start it.",
        versionProvider = Dhcpcanon.Version.class,
        mixinStandardHelpOptions = true)
final class Monitor implements Callable<Integer> {
    @ParentCommand
    private Dhcpcanon parent = new Dhcpcanon();

    @Parameters(paramLabel = "IFACE", arity = "0..1", description = "only this interface")
    private Optional<String> interfaceName = Optional.empty();

    @Mixin
    private Reading reading = new Reading();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Empty when the bus is lost. */
    private final LinkedBlockingQueue<Optional<Signal>> heard = new LinkedBlockingQueue<>();

    private final class Ear implements Listener {
        @Override
        public void signalled(Signal signal) {
            heard.add(Optional.of(signal));
        }

        @Override
        public void lost(String why) {
            heard.add(Optional.empty());
        }
    }

    @Override
    public Integer call() throws Failure {
        try (Daemon daemon = Daemon.reach(parent.environment(), new Ear())) {
            daemon.watch();
            Happenings happenings = new Happenings(daemon.owner());
            PrintWriter out = spec.commandLine().getOut();
            happenings.begin(daemon.overview()).forEach(happening -> show(happening, out));
            for (Optional<Signal> signal = heard.take(); signal.isPresent(); signal = heard.take()) {
                Optional<Happening> happening = happenings.of(signal.get());
                happening.ifPresent(heardOf -> show(heardOf, out));
                if (happening.isPresent() && happening.get().kind() == Happening.Kind.SERVICE_STARTED) {
                    clientsOf(daemon, happenings).forEach(client -> show(client, out));
                }
                if (out.checkError()) {
                    return 0;
                }
            }
            throw Failure.unreachable("the system bus is gone; see systemctl status dbus");
        } catch (InterruptedException e) {
            throw Failure.failed("interrupted");
        }
    }

    /** Those that a service which has just started goes on with. */
    private static List<Happening> clientsOf(Daemon daemon, Happenings happenings) {
        try {
            return happenings.begin(daemon.overview());
        } catch (Failure e) {
            // It has ended again, which the bus tells, too.
            return List.of();
        }
    }

    private void show(Happening happening, PrintWriter out) {
        boolean wanted = interfaceName.isEmpty()
                || happening.interfaceName().isEmpty()
                || happening.interfaceName().equals(interfaceName);
        if (wanted) {
            OffsetDateTime now = OffsetDateTime.now(ZoneId.systemDefault());
            out.println(reading.json ? happening.json(now) : happening.line(now, reading.colour()));
            out.flush();
        }
    }
}
