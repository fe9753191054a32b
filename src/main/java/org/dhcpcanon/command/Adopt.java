package org.dhcpcanon.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.dhcpcanon.dbus.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code dhcpcanon adopt} and {@code unadopt}: whose business IPv4 of a connection is. */
@Command(mixinStandardHelpOptions = true, versionProvider = Dhcpcanon.Version.class)
final class Adopt implements Callable<Integer> {
    private final String member;
    private final String done;

    @ParentCommand
    private Dhcpcanon parent = new Dhcpcanon();

    @Parameters(
            paramLabel = "CONNECTION",
            arity = "1..*",
            description = "UUID or name of a connection of NetworkManager (nmcli -f NAME,UUID connection)")
    private List<String> connections = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Adopt(String member, String done) {
        this.member = member;
        this.done = done;
    }

    static Adopt adopt() {
        return new Adopt("Adopt", "is adopted: IPv4 is dhcpcanon's whenever it is up");
    }

    static Adopt unadopt() {
        return new Adopt("Unadopt", "is as it was before it was adopted: NetworkManager's own DHCP client serves it");
    }

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        try (Daemon daemon = Daemon.reach(parent.environment(), Listener.DEAF)) {
            for (String connection : connections) {
                daemon.order(member, connection);
                out.println(Terminal.safe("connection \"" + connection + "\" " + done));
                out.flush();
            }
        }
        return 0;
    }
}
