package org.dhcpcanon.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line {@code dhcpcanon SUBCOMMAND ARGUMENTS}. */
@Command(
        name = "dhcpcanon",
        description = "Shows and directs the anonymous DHCP client dhcpcanon, and audits captures of any DHCP client.",
        // Shell programs, which the launcher starts: this one must not be able to change the machine.
        footer = {
            "",
            "Of the machine itself, for root; each has its own --help:",
            "  enable     Has NetworkManager use dhcpcanon, and proves that it does.",
            "  disable    Undoes that.",
            "  doctor     Says what is wrong, and what else tells networks who this machine is."
        },
        versionProvider = Dhcpcanon.Version.class,
        mixinStandardHelpOptions = true)
public final class Dhcpcanon implements Runnable {
    /** In the order of the help. */
    private static final Map<String, Supplier<Object>> SUBCOMMANDS = subcommands();

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

    private static Map<String, Supplier<Object>> subcommands() {
        Map<String, Supplier<Object>> subcommands = new LinkedHashMap<>();
        subcommands.put("status", Status::new);
        subcommands.put("show", Show::new);
        subcommands.put("monitor", Monitor::new);
        subcommands.put("renew", Order::renew);
        subcommands.put("release", Order::release);
        subcommands.put("stop", Order::stop);
        subcommands.put("adopt", Adopt::adopt);
        subcommands.put("unadopt", Adopt::unadopt);
        subcommands.put("reload", Reload::new);
        subcommands.put("packets", Packets::new);
        return subcommands;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which subcommand?");
    }

    /** From the jar's manifest; {@code unknown} when run from a directory of classes. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Dhcpcanon.class.getPackage().getImplementationVersion();
            return new String[] {"dhcpcanon " + (version == null ? "unknown" : version)};
        }
    }

    /** {@code --train} is for the launcher only. */
    public static void main(String[] arguments) {
        if (arguments.length == 1 && arguments[0].equals("--train")) {
            Training.run(System.getenv());
            System.exit(0);
        }
        System.exit(commandLine(System.getenv(), arguments).execute(arguments));
    }

    /**
     * With all subcommands, or only the one that is wanted: to make the others takes longer than all the rest.
     *
     * @param environment where the bus is, {@code DBUS_SYSTEM_BUS_ADDRESS}
     */
    static CommandLine commandLine(Map<String, String> environment, String... arguments) {
        CommandLine command = new CommandLine(new Dhcpcanon(environment));
        String first = arguments.length == 0 ? "" : arguments[0];
        SUBCOMMANDS.forEach((name, subcommand) -> {
            if (name.equals(first) || !SUBCOMMANDS.containsKey(first)) {
                command.addSubcommand(name, subcommand.get());
            }
        });
        describe(command, "renew", "Asks the server for more time, now.");
        describe(command, "release", "Gives the address back, which tells the server that we leave.");
        describe(command, "stop", "Ends the client of an interface, without a word to the server.");
        describe(command, "adopt", "Has NetworkManager leave IPv4 of a connection to dhcpcanon, without a restart.");
        describe(command, "unadopt", "Undoes that.");
        return command.setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(Dhcpcanon::refuse)
                .setExecutionExceptionHandler(Dhcpcanon::fail);
    }

    /** For those that share a class. */
    private static void describe(CommandLine command, String name, String description) {
        CommandLine subcommand = command.getSubcommands().get(name);
        if (subcommand != null) {
            subcommand.getCommandSpec().usageMessage().description(description);
        }
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
