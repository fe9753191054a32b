package org.dhcpcanon.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.dhcpcanon.dbus.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dhcpcanon show}: everything of one client. */
@Command(
        name = "show",
        description =
                "Shows all about an interface: its lease with all options, what was suppressed, which packets were dropped.",
        versionProvider = Dhcpcanon.Version.class,
        mixinStandardHelpOptions = true)
final class Show implements Callable<Integer> {
    @ParentCommand
    private Dhcpcanon parent = new Dhcpcanon();

    @Parameters(paramLabel = "IFACE", description = "the interface")
    private String interfaceName = "";

    @Mixin
    private Reading reading = new Reading();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        Overview overview;
        try (Daemon daemon = Daemon.reach(parent.environment(), Listener.DEAF)) {
            overview = daemon.overview().of(List.of(interfaceName));
        }
        Lifetime lifetime = Lifetime.now();
        PrintWriter out = spec.commandLine().getOut();
        if (reading.json) {
            out.print(new StatusJson(lifetime, Guard.of(parent.environment())).of(overview));
        } else {
            overview.clients().forEach(client -> out.print(new StatusText(lifetime, reading.colour()).details(client)));
        }
        out.flush();
        return 0;
    }
}
