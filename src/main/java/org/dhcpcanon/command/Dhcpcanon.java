package org.dhcpcanon.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line {@code dhcpcanon SUBCOMMAND ARGUMENTS}. */
@Command(
        name = "dhcpcanon",
        description = "Tools around the anonymous DHCP client dhcpcanon.",
        subcommands = Packets.class,
        versionProvider = Dhcpcanon.Version.class,
        mixinStandardHelpOptions = true)
public final class Dhcpcanon implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

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

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Dhcpcanon())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(Dhcpcanon::refuse);
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
