package org.dhcpcanon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dhcpcanon.bus.PrivateBus;
import org.dhcpcanon.lab.Eventually;
import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The class-data archives with every Java of the machine: that they are used, and that one which is bad stops nothing. */
@Timeout(180)
@Isolated
class ArchiveIT {
    private static final Path IMAGE = Path.of(System.getProperty("dhcpcanon.image", "target/dhcpcanon"));
    private static final List<String> PROGRAMS = List.of("dhcpcanond", "dhcpcanon");
    /** Java that also says where each class came from. What the launcher says of the log would undo what came before it. */
    private static final String TELLING = """
            #!/bin/sh
            count=$#
            while [ "$count" -gt 0 ]; do
              case $1 in org.dhcpcanon.*) set -- "$@" "-Xlog:class+load:file=LOG" ;; esac
              set -- "$@" "$1"
              shift
              count=$((count - 1))
            done
            exec JAVA "$@"
            """;

    @TempDir
    Path directory;

    private record Ended(int status, String out, String err) {}

    /** The homes below /usr/lib/jvm that are no links, of 17 and later. */
    static List<Path> javas() throws IOException {
        List<Path> homes = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/usr/lib/jvm"))) {
            for (Path home : found) {
                if (!Files.isSymbolicLink(home) && feature(home) >= 17) {
                    homes.add(home);
                }
            }
        }
        assertFalse(homes.isEmpty(), "no Java below /usr/lib/jvm");
        return homes;
    }

    private static int feature(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return 0;
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .mapToInt(line -> Integer.parseInt(line.replaceFirst("[^0-9]*([0-9]+).*", "$1")))
                .sum();
    }

    private Path archives() {
        return directory.resolve("archive");
    }

    private Process begin(Path home, String program, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> line =
                new ArrayList<>(List.of(IMAGE.resolve("bin/" + program).toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", home.toString());
        builder.environment().put("DHCPCANON_ARCHIVE", archives().toString());
        return builder.start();
    }

    private Ended end(Process process) throws Exception {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Ended(
                process.exitValue(),
                Files.readString(directory.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(directory.resolve("err"), StandardCharsets.UTF_8));
    }

    private Ended run(Path home, String program, String... arguments) throws Exception {
        return end(begin(home, program, Map.of(), arguments));
    }

    /** Its path, after it was made without a word but that. */
    private Path make(Path home, String program) throws Exception {
        Ended made = run(home, program, "--make-archive");
        assertEquals("", made.err());
        assertEquals(0, made.status());
        return Path.of(made.out().strip());
    }

    /** A home like the given one, whose Java writes into a file where its classes come from. */
    private Path telling(Path home, Path log) throws IOException {
        Path copy = Files.createDirectories(directory.resolve("telling"));
        Files.createDirectories(copy.resolve("bin"));
        Files.copy(home.resolve("release"), copy.resolve("release"), StandardCopyOption.REPLACE_EXISTING);
        Path java = copy.resolve("bin/java");
        Files.writeString(
                java,
                TELLING.replace("LOG", log.toString())
                        .replace("JAVA", home.resolve("bin/java").toString()));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return copy;
    }

    /** Of 100 classes of ours that the log of a start has, how many come from an archive. */
    private static long shared(Path log) throws IOException {
        List<String> ours = Files.readAllLines(log).stream()
                .filter(line -> line.contains(" org.dhcpcanon."))
                .filter(line -> !line.contains("Lambda") && !line.contains("__JVM"))
                .toList();
        assertFalse(ours.isEmpty(), "no class of ours");
        long shared = ours.stream()
                .filter(line -> line.contains("source: shared objects file"))
                .count();
        return 100 * shared / ours.size();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void theServiceTakesItsClassesFromTheArchive(Path home) throws Exception {
        Path log = directory.resolve("classes");
        Path telling = telling(home, log);
        make(home, "dhcpcanond");
        try (PrivateBus bus = PrivateBus.open(Files.createDirectory(directory.resolve("bus")))) {
            assertEquals("", serve(telling, bus.address()));
            assertTrue(shared(log) >= 95, shared(log) + " %");
            Files.move(archives(), directory.resolve("elsewhere"));
            assertEquals("", serve(telling, bus.address()));
            assertEquals(0, shared(log));
        }
    }

    /** Starts the service, ends it when it has its name on the bus, and gives what of its words is alarming. */
    private String serve(Path home, String address) throws Exception {
        Process service = begin(
                home,
                "dhcpcanond",
                Map.of(
                        "DBUS_SYSTEM_BUS_ADDRESS",
                        address,
                        "DHCPCANON_RUN",
                        Files.createDirectories(directory.resolve("run")).toString(),
                        "DHCPCANON_SETTINGS",
                        directory.toString()));
        try {
            List<String> owner = List.of("busctl", "--address=" + address, "status", "org.dhcpcanon1");
            Eventually.holds(
                    "the name", Duration.ofSeconds(30), () -> Shell.run(owner).status() == 0);
        } finally {
            service.destroy();
        }
        Ended ended = end(service);
        assertEquals(143, ended.status(), ended.err());
        return alarming(ended.out() + ended.err());
    }

    private static String alarming(String text) {
        return String.join(
                "\n", text.lines().filter(line -> !line.startsWith("INFO: ")).toList());
    }

    /** Not those of its library, which are made for Java 5: an archive of 25 cannot hold such. */
    @ParameterizedTest
    @MethodSource("javas")
    void theCommandTakesItsClassesFromTheArchive(Path home) throws Exception {
        Path log = directory.resolve("classes");
        make(home, "dhcpcanon");
        assertEquals(0, run(telling(home, log), "dhcpcanon", "--help").status());
        assertTrue(shared(log) >= 80, shared(log) + " %");
    }

    private void starts(Path home, String program, String state) throws Exception {
        Ended ended = run(home, program, "--version");
        assertEquals("", ended.err(), state);
        assertTrue(ended.out().matches("dhcpcanon \\d+\\.\\d+\\.\\S+\n"), state + ": " + ended.out());
        assertEquals(0, ended.status(), state);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anArchiveThatIsDamagedStopsNothing(Path home) throws Exception {
        for (String program : PROGRAMS) {
            Path archive = make(home, program);
            byte[] good = Files.readAllBytes(archive);
            for (int size : List.of(0, 3000, 1_000_000, good.length - 1)) {
                cut(archive, size);
                starts(home, program, "cut to " + size);
            }
            Files.write(archive, good);
            scribble(archive, good.length / 3);
            starts(home, program, "damaged");
            Files.delete(archive);
            Files.createDirectory(archive);
            starts(home, program, "a directory");
            Files.delete(archive);
            starts(home, program, "none");
        }
    }

    private static void cut(Path file, int size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private static void scribble(Path file, int from) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(from);
            access.write("not what was here".repeat(50_000).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whole, as its sum says, but the name lies: what the launcher cannot see, Java does. */
    @ParameterizedTest
    @MethodSource("javas")
    void anArchiveOfAnotherProgramOrBuildStopsNothing(Path home) throws Exception {
        for (Path other : javas()) {
            for (int i = 0; i < 2; i++) {
                Path foreign = make(other, PROGRAMS.get(i));
                Path own = make(home, PROGRAMS.get(1 - i));
                replace(own, foreign);
                starts(home, PROGRAMS.get(1 - i), "with that of " + foreign);
            }
        }
    }

    private static void replace(Path file, Path other) throws IOException {
        for (String suffix : List.of("", ".sum")) {
            Files.copy(Path.of(other + suffix), Path.of(file + suffix), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anArchiveOfOlderJarsStopsNothing(Path home) throws Exception {
        Path jar = IMAGE.resolve("lib/dhcpcanon.jar");
        FileTime time = Files.getLastModifiedTime(jar);
        for (String program : PROGRAMS) {
            make(home, program);
            try {
                Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() + 60_000));
                starts(home, program, "after an upgrade");
            } finally {
                Files.setLastModifiedTime(jar, time);
            }
        }
    }

    /** As after update-alternatives, of which the package hears nothing. */
    @ParameterizedTest
    @MethodSource("javas")
    void theArchiveOfAnotherVersionIsNotEvenLookedAt(Path home) throws Exception {
        Path log = directory.resolve("classes");
        Path telling = telling(home, log);
        Path archive = make(telling, "dhcpcanond");
        starts(telling, "dhcpcanond", "the one with an archive");
        assertEquals(100, shared(log));
        Path release = telling.resolve("release");
        Files.writeString(release, Files.readString(release).replaceAll("(JAVA_RUNTIME_VERSION=\"[^\"]*)", "$1-other"));
        starts(telling, "dhcpcanond", "the one without");
        assertEquals(0, shared(log));
        assertTrue(Files.exists(archive));
        Path second = make(telling, "dhcpcanond");
        assertFalse(second.equals(archive));
        starts(telling, "dhcpcanond", "the one with an archive of its own");
        assertEquals(100, shared(log));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void nothingIsLeftBesidesTheArchiveAndItsSum(Path home) throws Exception {
        Path archive = make(home, "dhcpcanond");
        try (Stream<Path> files = Files.list(archives())) {
            assertEquals(
                    List.of(archive, Path.of(archive + ".sum")), files.sorted().toList());
        }
    }
}
