package org.dhcpcanon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dhcpcanon.audit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as people start it, from the image. */
class DhcpcanonIT {
    private static final Path IMAGE = Path.of(System.getProperty("dhcpcanon.image", "target/dhcpcanon"));

    @TempDir
    Path directory;

    private record Ended(int status, String out) {}

    private Ended run(Path input, String... arguments) throws Exception {
        List<String> line =
                new ArrayList<>(List.of(IMAGE.resolve("bin/dhcpcanon").toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out);
    }

    private Path file(byte[] bytes) throws Exception {
        return Files.write(directory.resolve("capture"), bytes);
    }

    @Test
    void aPipeGetsNoColourAndTheExitStatusSaysWhatWasFound() throws Exception {
        Ended fine = run(file(Captures.fine()), "packets", "-");
        assertEquals(0, fine.status(), fine.out());
        assertTrue(fine.out().contains("no MUST is broken"), fine.out());
        assertFalse(fine.out().contains("\033"), fine.out());
        assertEquals(1, run(file(Captures.broken()), "packets", "-").status());
        assertEquals(2, run(file(new byte[9]), "packets", "-").status());
        assertEquals(2, run(Path.of("/dev/null"), "packets").status());
    }

    @Test
    void theVersionIsThatOfTheJar() throws Exception {
        Ended version = run(Path.of("/dev/null"), "--version");
        assertTrue(version.out().matches("dhcpcanon \\d+\\.\\d+\\.\\S+\n"), version.out());
    }

    /** It would make the service larger, and its class-data archive another one. */
    @Test
    void theServiceDoesNotGetTheLibraryOfTheCommand() throws Exception {
        try (Stream<Path> jars = Files.list(IMAGE.resolve("lib"))) {
            assertFalse(jars.anyMatch(jar -> jar.toString().contains("picocli")));
        }
        try (Stream<Path> jars = Files.list(IMAGE.resolve("lib/command"))) {
            assertEquals(1, jars.count());
        }
    }
}
