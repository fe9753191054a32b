package org.dhcpcanon.command;

import java.util.concurrent.Callable;
import org.dhcpcanon.dbus.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dhcpcanon reload}: has the settings read anew. */
@Command(
        name = "reload",
        description = "Has dhcpcanond read /etc/dhcpcanon anew, and says what is wrong there.",
        versionProvider = Dhcpcanon.Version.class,
        mixinStandardHelpOptions = true)
final class Reload implements Callable<Integer> {
    @ParentCommand
    private Dhcpcanon parent = new Dhcpcanon();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure {
        try (Daemon daemon = Daemon.reach(parent.environment(), Listener.DEAF)) {
            if (daemon.owner().isEmpty()) {
                throw Failure.unreachable("dhcpcanond is not running; it reads the settings whenever it starts");
            }
            daemon.ask(Daemon.ROOT, Daemon.MANAGER, "Reload");
        }
        spec.commandLine().getOut().println("the settings are read; they hold for clients that begin from now on");
        spec.commandLine().getOut().flush();
        return 0;
    }
}
