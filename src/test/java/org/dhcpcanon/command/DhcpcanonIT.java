package org.dhcpcanon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dhcpcanon.audit.Captures;
import org.dhcpcanon.bus.PrivateBus;
import org.dhcpcanon.dbus.ErrorName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The command as people start it, from the image. */
@Timeout(120)
@Isolated
class DhcpcanonIT {
    private static final Path IMAGE = Path.of(System.getProperty("dhcpcanon.image", "target/dhcpcanon"));

    @TempDir
    Path directory;

    private record Ended(int status, String out) {}

    private Ended run(Path input, String... arguments) throws Exception {
        return run("unix:path=/nowhere", input, arguments);
    }

    private Ended run(String address, Path input, String... arguments) throws Exception {
        List<String> line =
                new ArrayList<>(List.of(IMAGE.resolve("bin/dhcpcanon").toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectInput(input.toFile());
        builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", address);
        builder.environment()
                .put("DHCPCANON_ARCHIVE", directory.resolve("archive").toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out);
    }

    /** Also how the status leaves the launcher, and that the library's log says nothing between. */
    @Test
    void theServiceIsAskedOverTheBus() throws Exception {
        Path nothing = Path.of("/dev/null");
        String address = "unix:path=" + directory.resolve("bus");
        assertEquals(5, run(address, nothing, "status").status());
        try (PrivateBus bus = PrivateBus.open(directory)) {
            assertEquals(
                    new Ended(0, "dhcpcanond is not running: no interface uses it\n"), run(address, nothing, "status"));
            assertEquals(new Ended(3, "dhcpcanon: there is no interface nix\n"), run(address, nothing, "show", "nix"));
            assertEquals(2, run(address, nothing, "show").status());
            try (FakeService service = new FakeService(bus.address())) {
                service.add(1, "lo", Map.of());
                service.answers.put("Renew", ErrorName.ACCESS_DENIED);
                assertEquals(
                        new Ended(4, "dhcpcanon: not today; try it as root (sudo)\n"),
                        run(address, nothing, "renew", "lo"));
                Ended status = run(address, nothing, "status");
                assertEquals(2, status.out().lines().count(), status.out());
                assertFalse(status.out().contains("\033"), status.out());
                assertEquals(
                        0,
                        python(
                                "import json,sys; exit(json.load(sys.stdin)['clients'][0]['prefix'] - 24)",
                                run(address, nothing, "status", "--json").out()));
            }
        }
    }

    private int python(String program, String input) throws Exception {
        Path file = Files.writeString(directory.resolve("input"), input);
        return new ProcessBuilder("python3", "-c", program)
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start()
                .waitFor();
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
