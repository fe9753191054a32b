package org.dhcpcanon.command;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line {@code dhcpcanon SUBCOMMAND ARGUMENTS}. */
@Command(
        name = "dhcpcanon",
        description = "Shows and directs the anonymous DHCP client dhcpcanon, and audits captures of any DHCP client.",
        subcommands = {Status.class, Show.class, Monitor.class, Packets.class},
        versionProvider = Dhcpcanon.Version.class,
        mixinStandardHelpOptions = true)
public final class Dhcpcanon implements Runnable {
    private static final String INTERFACE = "the interface";
    private static final String RENEW = "Asks the server now for more time.";
    private static final String RELEASE = "Gives the address back to the server, which tells it that we leave.";
    private static final String STOP = "Ends the client of an interface without a word to the server.";
    private static final String RELOAD = "Has dhcpcanond read /etc/dhcpcanon anew, and says what is wrong there.";

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Dhcpcanon() {
        this(System.getenv());
    }

    private Dhcpcanon(Map<String, String> environment) {
        this.environment = environment;
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which subcommand?");
    }

    @Command(name = "renew", description = RENEW, mixinStandardHelpOptions = true)
    int renew(@Parameters(paramLabel = "IFACE", description = INTERFACE) String name) throws Failure {
        return order().toClient(name, "Renew", "asks the server for more time");
    }

    @Command(name = "release", description = RELEASE, mixinStandardHelpOptions = true)
    int release(@Parameters(paramLabel = "IFACE", description = INTERFACE) String name) throws Failure {
        return order().toClient(name, "Release", "gives its address back");
    }

    @Command(name = "stop", description = STOP, mixinStandardHelpOptions = true)
    int stop(@Parameters(paramLabel = "IFACE", description = INTERFACE) String name) throws Failure {
        return order().toClient(name, "Stop", "stopped");
    }

    @Command(name = "reload", description = RELOAD, mixinStandardHelpOptions = true)
    int reload() throws Failure {
        return order().reload();
    }

    private Order order() {
        return new Order(environment, spec.commandLine().getOut());
    }

    /** From the jar's manifest; {@code unknown} when run from a directory of classes. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Dhcpcanon.class.getPackage().getImplementationVersion();
            return new String[] {"dhcpcanon " + (version == null ? "unknown" : version)};
        }
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    /** @param environment where the bus is, {@code DBUS_SYSTEM_BUS_ADDRESS} */
    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new Dhcpcanon(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(Dhcpcanon::refuse)
                .setExecutionExceptionHandler(Dhcpcanon::fail);
    }

    /** A mistake of ours goes on, with all that helps to find it. */
    private static int fail(Exception cause, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (cause instanceof Failure failure) {
            command.getErr().println("dhcpcanon: " + Terminal.safe(String.valueOf(failure.getMessage())));
            command.getErr().flush();
            return failure.status();
        }
        throw cause;
    }

    /** Two lines: what is wrong, and how it should be. */
    private static int refuse(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("dhcpcanon: " + wrong.getMessage());
        err.print(command.getUsageMessage()
                .lines()
                .limit(2)
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(""));
        err.println();
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
