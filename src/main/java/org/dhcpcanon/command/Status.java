package org.dhcpcanon.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dhcpcanon.dbus.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dhcpcanon status}: a line for each client. */
@Command(
        name = "status",
        description = "Shows a line for each interface that dhcpcanon runs on. Does not start dhcpcanond.",
        versionProvider = Dhcpcanon.Version.class,
        mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {
    @ParentCommand
    private Dhcpcanon parent = new Dhcpcanon();

    @Parameters(paramLabel = "IFACE", arity = "0..*", description = "only these interfaces")
    private List<String> interfaces = List.of();

    @Option(
            names = {"-v", "--verbose"},
            description = "with warnings, what was suppressed, and dropped packets")
    private boolean verbose;

    @Mixin
    private Reading reading = new Reading();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        Overview overview;
        try (Daemon daemon = Daemon.reach(parent.environment(), Listener.DEAF)) {
            overview = daemon.overview();
        }
        if (!interfaces.isEmpty()) {
            overview = overview.of(interfaces);
        }
        PrintWriter out = spec.commandLine().getOut();
        Optional<Guard> guard = Guard.of(parent.environment());
        out.print(
                reading.json
                        ? new StatusJson(Lifetime.now(), guard).of(overview)
                        : text(overview) + guard.map(Guard::text).orElse(""));
        out.flush();
        return 0;
    }

    private String text(Overview overview) throws Failure {
        if (!overview.running()) {
            return Daemon.NOT_RUNNING + "\n";
        }
        return overview.clients().isEmpty()
                ? "dhcpcanond is running; no interface uses it\n"
                : new StatusText(Lifetime.now(), reading.colour()).table(overview.clients(), verbose);
    }
}
