package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What dhcpcanon-script calls, says and leaves in the scenarios of {@code test-fixtures/script}, with every shell that it is
 * for: with stand-ins for ip, ifconfig and route, and with the real ones in a network namespace. Needs root, and says so.
 */
class ScriptIT {
    private static final Path FIXTURES = Path.of("test-fixtures/script");
    private static final List<String> SHELLS = List.of("dash", "busybox ash", "bash --posix", "mksh", "ksh93");

    private static Set<String> names(String directory) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /**
     * Golden files are named SCENARIO.BACKEND. Every reason is played with every back end and shell. Beyond that a back end makes
     * no difference to a shell, and the shell none to an interface.
     */
    static Stream<Arguments> everyGoldenFileWithEveryShell() throws IOException {
        return names("golden").stream()
                .sorted()
                .flatMap(golden -> shells(golden).map(shell -> Arguments.of(golden, shell)));
    }

    private static Stream<String> shells(String golden) {
        boolean all = golden.endsWith(".ip") || golden.matches("(reasons|lease|lease-of-each-reason)\\.(net|bsd)");
        return all ? SHELLS.stream() : Stream.of("dash");
    }

    private static String play(String scenario, String backend, String shell) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                FIXTURES.resolve("play").toString(),
                FIXTURES.resolve("scenarios").resolve(scenario).toString(),
                backend));
        command.addAll(List.of(shell.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), shown);
        return shown;
    }

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("everyGoldenFileWithEveryShell")
    void doesWhatTheGoldenFileSays(String golden, String shell) throws Exception {
        int dot = golden.lastIndexOf('.');
        Path file = FIXTURES.resolve("golden").resolve(golden);
        String shown = play(golden.substring(0, dot), golden.substring(dot + 1), shell);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, shown);
        }
        assertEquals(Files.readString(file), shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc-read-only.real-ip", "etc-full.real-ip", "etc-mounted.real-ip"})
    void anEtcThatCannotBeWrittenEndsNoShell(String golden) throws Exception {
        for (String shell : SHELLS) {
            doesWhatTheGoldenFileSays(golden, shell);
        }
    }

    @Test
    void everyScenarioHasAGoldenFileAndEveryGoldenFileAScenario() throws Exception {
        Set<String> played = names("golden").stream()
                .map(golden -> golden.substring(0, golden.lastIndexOf('.')))
                .collect(Collectors.toSet());
        assertEquals(names("scenarios"), played);
    }

    /** A golden file that says so little would hold for a script that does nothing. */
    @Test
    void everyReasonIsPlayed() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String golden : names("golden")) {
            all.append(Files.readString(FIXTURES.resolve("golden").resolve(golden)));
        }
        for (String reason : List.of(
                "MEDIUM PREINIT BOUND RENEW REBIND REBOOT EXPIRE FAIL STOP RELEASE NBI TIMEOUT ARPCHECK ARPSEND V6ONLY"
                        .split(" "))) {
            assertTrue(all.indexOf("== " + reason + "\n") >= 0, reason);
        }
    }

    /** No value of a lease is ever a piece of program. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dhcpcanon-script",
                "script-values.sh",
                "script-plan.sh",
                "script-backends.sh",
                "script-resolver.sh"
            })
    void nothingIsEvaluated(String name) throws Exception {
        List<String> lines = Files.readAllLines(Path.of("src/main/sh", name));
        assertTrue(lines.size() <= 400, name + " is too long");
        for (String line : lines) {
            assertTrue(line.startsWith("#") || !line.matches(".*\\b(eval|local|function|declare|/tmp)\\b.*"), line);
        }
    }
}
