package org.dhcpcanon.command;

import picocli.CommandLine.Option;

/** The options of all subcommands that show something of the service. */
final class Reading {
    @Option(names = "--json", description = "JSON, as dhcpcanon(1) describes it")
    boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto (on a terminal, unless NO_COLOR is set), always, never")
    Colour.When colour = Colour.When.AUTO;

    Colour colour() {
        return Colour.of(colour);
    }
}
