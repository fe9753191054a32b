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

/** {@code dhcpcanon renew}, {@code release} and {@code stop}: tells the client of an interface what to do. */
@Command(mixinStandardHelpOptions = true, versionProvider = Dhcpcanon.Version.class)
final class Order implements Callable<Integer> {
    private final String member;
    private final String done;

    @ParentCommand
    private Dhcpcanon parent = new Dhcpcanon();

    @Parameters(paramLabel = "IFACE", description = "the interface")
    private String interfaceName = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Order(String member, String done) {
        this.member = member;
        this.done = done;
    }

    static Order renew() {
        return new Order("Renew", "asks the server for more time");
    }

    static Order release() {
        return new Order("Release", "has given its address back");
    }

    static Order stop() {
        return new Order("Stop", "has stopped");
    }

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        try (Daemon daemon = Daemon.reach(parent.environment(), Listener.DEAF)) {
            for (ClientStatus client :
                    daemon.overview().of(List.of(interfaceName)).clients()) {
                daemon.ask(client.path(), Daemon.CLIENT, member);
                String address = client.address().equals("-") ? "" : " (" + client.address() + ")";
                out.println(Terminal.safe(client.interfaceName() + " " + done + address));
            }
        }
        out.flush();
        return 0;
    }
}
