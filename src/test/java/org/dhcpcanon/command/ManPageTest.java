package org.dhcpcanon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The pages and the completions say what the programs do. */
class ManPageTest {
    private static final Path PAGES = Path.of("src/main/man");
    private static final Map<String, CommandLine> SUBCOMMANDS =
            Dhcpcanon.commandLine(Map.of()).getSubcommands();

    /** The subcommands that are shell programs, and what says how to use each. */
    private static final Map<String, String> OF_THE_HOST = new TreeMap<>(Map.of(
            "enable", "src/main/sh/dhcpcanon-setup enable",
            "disable", "src/main/sh/dhcpcanon-setup disable",
            "doctor", "src/main/sh/dhcpcanon-doctor"));

    private static List<String> optionsOfTheHost(String subcommand) throws Exception {
        return Pattern.compile("(?<=[ \\[])-[-a-z]+")
                .matcher(run("sh", "-c", OF_THE_HOST.get(subcommand) + " --help"))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private static String page(String name) throws Exception {
        return Files.readString(PAGES.resolve(name)).replace("\\-", "-");
    }

    private static String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dhcpcanon.1",
                "dhcpcanon.conf.5",
                "dhcpcanon-dhclient.8",
                "dhcpcanon-dhclient.conf.5",
                "dhcpcanon-script.8",
                "dhcpcanond.8",
                "org.dhcpcanon1.5"
            })
    void aPageHasNoMistakes(String name) throws Exception {
        String page = PAGES.resolve(name).toString();
        assertEquals("", run("groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-z", page));
    }

    @Test
    void everyPageIsTested() throws Exception {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertEquals(7, pages.count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dhclient", "dhcpcd"})
    void everyOptionThatAShimMentionsIsInThePage(String shim) throws Exception {
        String page = page("dhcpcanon-dhclient.8");
        String help = run("sh", "src/main/sh/" + shim, "--help");
        Pattern.compile("(?<=[ \\[|])--?[-0-9A-Za-z]+")
                .matcher(help)
                .results()
                .map(MatchResult::group)
                .forEach(option -> assertTrue(page.contains(option), option));
    }

    @Test
    void everySubcommandAndEveryOptionIsInThePage() throws Exception {
        String page = page("dhcpcanon.1");
        String synopsis = page.substring(page.indexOf(".SH SYNOPSIS"), page.indexOf(".SH DESCRIPTION"));
        String options = page.substring(page.indexOf(".SH OPTIONS"), page.indexOf(".SH AUDIT"));
        SUBCOMMANDS.forEach((name, subcommand) -> {
            assertTrue(synopsis.matches("(?s).*\\b" + name + "\\b.*"), name);
            for (CommandLine.Model.OptionSpec option :
                    subcommand.getCommandSpec().options()) {
                assertTrue(options.contains(option.longestName()), name + " " + option.longestName());
            }
        });
    }

    @Test
    void whatChangesTheHostIsInThePageAndTheHelpAndTheCompletions() throws Exception {
        String page = page("dhcpcanon.1");
        String help = Dhcpcanon.commandLine(Map.of()).getUsageMessage();
        for (String subcommand : OF_THE_HOST.keySet()) {
            assertTrue(help.contains("\n  " + subcommand + " "), help);
            List<String> options = optionsOfTheHost(subcommand);
            assertTrue(options.contains("--help"), subcommand + options);
            for (String option : options) {
                assertTrue(page.contains(option), option);
            }
            assertEquals(Set.copyOf(options), Set.copyOf(completed("dhcpcanon", subcommand, "-")), subcommand);
        }
    }

    @Test
    void everyMemberOnTheBusIsInThePage() throws Exception {
        String page = page("org.dhcpcanon1.5");
        try (Stream<Path> files = Files.list(Path.of("dbus"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".xml")).toList()) {
                Pattern.compile("<(?:interface|property|method|signal) name=\"([^\"]+)\"")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(found -> assertTrue(page.contains(found.group(1)), found.group(1)));
            }
        }
    }

    /** What bash offers for words, of which the last one is being typed. */
    private static List<String> completed(String... words) throws Exception {
        String line = Stream.of(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        String script = ". src/main/completion/dhcpcanon.bash; complete -p dhcpcanon >&2; COMP_WORDS=(" + line
                + "); COMP_CWORD=" + (words.length - 1) + "; _dhcpcanon; printf '%s\\n' \"${COMPREPLY[@]}\"";
        List<String> lines = run("bash", "-c", script).lines().toList();
        assertEquals("complete -F _dhcpcanon dhcpcanon", lines.get(0));
        return lines.subList(1, lines.size());
    }

    @Test
    void bashCompletesWhatThereIs() throws Exception {
        assertEquals(List.of("status", "stop"), completed("dhcpcanon", "st"));
        assertEquals(
                Stream.concat(SUBCOMMANDS.keySet().stream(), OF_THE_HOST.keySet().stream())
                        .collect(Collectors.toSet()),
                Set.copyOf(completed("dhcpcanon", "")));
        assertEquals(List.of("auto", "always"), completed("dhcpcanon", "status", "--color", "=", "a"));
        assertEquals(List.of("auto", "always", "never"), completed("dhcpcanon", "status", "--color", "="));
        try (Stream<Path> interfaces = Files.list(Path.of("/sys/class/net"))) {
            assertEquals(
                    interfaces
                            .map(path -> path.getFileName().toString())
                            .filter(name -> !name.equals("lo"))
                            .sorted()
                            .toList(),
                    completed("dhcpcanon", "show", "").stream()
                            .filter(name -> !name.isEmpty())
                            .sorted()
                            .toList());
        }
        for (Map.Entry<String, CommandLine> subcommand : SUBCOMMANDS.entrySet()) {
            List<String> options = completed("dhcpcanon", subcommand.getKey(), "-");
            for (CommandLine.Model.OptionSpec option :
                    subcommand.getValue().getCommandSpec().options()) {
                assertTrue(options.containsAll(List.of(option.names())), subcommand.getKey() + " " + options);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_dhcpcanon", "dhcpcanon.fish"})
    void theOtherShellsKnowAllSubcommandsToo(String name) throws Exception {
        String script = Files.readString(Path.of("src/main/completion", name));
        SUBCOMMANDS.keySet().forEach(subcommand -> assertTrue(script.contains(subcommand), subcommand));
        for (String subcommand : OF_THE_HOST.keySet()) {
            assertTrue(script.contains(subcommand), subcommand);
            for (String option : optionsOfTheHost(subcommand)) {
                assertTrue(script.contains(option.replaceFirst("^-+", "")), subcommand + " " + option);
            }
        }
    }
}
