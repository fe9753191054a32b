package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with a stand-in for Java that shows what it was given, in an image of its own. */
class LauncherIT {
    private static final String JAVA = """
            #!/bin/sh
            for word; do
              printf '%s\\n' "$word"
              case $word in *CacheOutput=* | *AtExit=*) echo archive >"${word#*=}" ;; esac
            done
            env
            exit 9
            """;
    /** As cksum(1) says. */
    private static final String SUM_OF_NOTHING = "4294967295 0\n";

    @TempDir
    Path root;

    private Path image = Path.of("");

    @BeforeEach
    void makeImage() throws Exception {
        image = root.resolve("an image");
        Files.createDirectories(image.resolve("bin"));
        Files.createDirectories(image.resolve("lib"));
        for (String name : List.of("dhcpcanond", "java.sh")) {
            executable(image.resolve("bin/" + name), Files.readString(Path.of("src/main/sh/" + name)));
        }
        for (String jar : List.of("b", "dhcpcanon", "Z", "a")) {
            Files.createFile(image.resolve("lib/" + jar + ".jar"));
        }
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(Path.of(String.valueOf(file.getParent())));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path java(String version) throws IOException {
        Path home = root.resolve("java " + version);
        executable(home.resolve("bin/java"), JAVA);
        Files.writeString(
                home.resolve("release"),
                "JAVA_VERSION=\"" + version + "\"\nJAVA_RUNTIME_VERSION=\"" + version + "+7-X\"\nMODULES=\"a b=c\"\n");
        return home;
    }

    private record Ended(int status, String out, List<String> lines) {}

    private Ended run(Path program, Map<String, String> environment, String... arguments) throws Exception {
        List<String> line = new java.util.ArrayList<>(List.of(program.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).directory(root.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, out.lines().toList());
    }

    private Ended run(Path java, String... arguments) throws Exception {
        return run(image.resolve("bin/dhcpcanond"), Map.of("JAVA_HOME", java.toString()), arguments);
    }

    @Test
    void theProgramGetsItsArgumentsAndGivesItsStatus() throws Exception {
        Ended ended = run(java("17.0.1"), "--train", "a b", "");
        assertEquals(9, ended.status());
        int main = ended.lines().indexOf("org.dhcpcanon.app.Main");
        assertEquals(List.of("--train", "a b", ""), ended.lines().subList(main + 1, main + 4));
    }

    @Test
    void theClassPathHasAFixedOrderFromWhereverItIsCalled() throws Exception {
        Path lib = image.resolve("lib");
        String expected = lib + "/dhcpcanon.jar:" + lib + "/Z.jar:" + lib + "/a.jar:" + lib + "/b.jar";
        Path link = Files.createSymbolicLink(root.resolve("link"), image.resolve("bin/dhcpcanond"));
        Map<String, String> environment = Map.of("JAVA_HOME", java("17.0.1").toString());
        for (Path program : List.of(image.resolve("bin/dhcpcanond"), link, Path.of("an image/bin/dhcpcanond"))) {
            List<String> lines = run(program, environment).lines();
            assertEquals(expected, lines.get(lines.indexOf("-cp") + 1));
        }
    }

    @Test
    void nothingOfTheCallersSettingsReachesJava() throws Exception {
        Map<String, String> environment =
                new java.util.HashMap<>(Map.of("JAVA_HOME", java("17.0.1").toString()));
        for (String name :
                List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH", "LD_LIBRARY_PATH")) {
            environment.put(name, "/unwanted");
        }
        environment.put("LC_ALL", "tr_TR.ISO-8859-9");
        Ended ended = run(image.resolve("bin/dhcpcanond"), environment);
        assertFalse(ended.out().contains("/unwanted"), ended.out());
        assertTrue(ended.lines().contains("LC_ALL=C.UTF-8"));
    }

    @Test
    void anOldJavaIsRefusedInWords() throws Exception {
        Ended ended = run(java("11.0.2"));
        assertEquals(1, ended.status());
        assertEquals(1, ended.lines().size());
        assertTrue(ended.out().contains("no Java 17 or newer"), ended.out());
    }

    @Test
    void nativeAccessIsAllowedWhereJavaAsks() throws Exception {
        String flag = "--enable-native-access=ALL-UNNAMED";
        assertFalse(run(java("17.0.1")).lines().contains(flag));
        assertFalse(run(java("21.0.1")).lines().contains(flag));
        assertTrue(run(java("24")).lines().contains(flag));
        assertTrue(run(java("25.0.1")).lines().contains(flag));
    }

    @Test
    void aCrashLeavesNothingOnADisk() throws Exception {
        for (String version : List.of("17.0.1", "25.0.1")) {
            List<String> lines = run(java(version)).lines();
            assertTrue(lines.contains("-XX:-CreateCoredumpOnCrash"));
            assertTrue(lines.contains("-XX:ErrorFile=/run/dhcpcanon/hs_err_%p.log"));
        }
    }

    @Test
    void anArchiveIsUsedOnlyByTheJavaThatItIsFor() throws Exception {
        Path archives = Files.createDirectory(image.resolve("archive"));
        for (String name : List.of("17.0.1+7-X.jsa", "21.0.1+7-X.jsa", "25.0.1+7-X.aot")) {
            Files.createFile(archives.resolve(name));
            Files.writeString(archives.resolve(name + ".sum"), SUM_OF_NOTHING);
        }
        assertTrue(run(java("17.0.1")).lines().contains("-XX:SharedArchiveFile=" + archives + "/17.0.1+7-X.jsa"));
        assertTrue(run(java("21.0.1")).lines().contains("-XX:SharedArchiveFile=" + archives + "/21.0.1+7-X.jsa"));
        assertTrue(run(java("25.0.1")).lines().contains("-XX:AOTCache=" + archives + "/25.0.1+7-X.aot"));
        assertFalse(run(java("17.0.2")).out().contains("-XX:SharedArchiveFile"));
        assertFalse(run(java("25.0.2")).out().contains("-XX:AOTCache"));
    }

    /** Which the Java machine would not survive. */
    @Test
    void anArchiveThatIsNotWhatWasMadeIsNotUsed() throws Exception {
        Path archives = Files.createDirectory(image.resolve("archive"));
        Path archive = Files.createFile(archives.resolve("17.0.1+7-X.jsa"));
        assertFalse(run(java("17.0.1")).out().contains("-XX:SharedArchiveFile"), "without a sum");
        Files.writeString(archives.resolve("17.0.1+7-X.jsa.sum"), SUM_OF_NOTHING);
        assertTrue(run(java("17.0.1")).out().contains("-XX:SharedArchiveFile"));
        Files.writeString(archive, "x");
        assertFalse(run(java("17.0.1")).out().contains("-XX:SharedArchiveFile"), "with the sum of another");
    }

    @Test
    void eachVersionMakesTheKindOfArchiveThatItReads() throws Exception {
        for (String version : List.of("17.0.1", "21.0.1")) {
            Path java = java(version);
            executable(java.resolve("bin/java"), JAVA.replace("exit 9", "exit 0"));
            assertEquals(
                    image.resolve("archive") + "/" + version + "+7-X.jsa\n",
                    run(java, "--make-archive").out());
            assertTrue(run(java).out().contains("-XX:SharedArchiveFile"), version);
        }
    }

    @Test
    void anArchiveIsMadeByATrainingRunAndOnlyIfItSucceeds() throws Exception {
        Path archives = image.resolve("archive");
        Path java = java("25.0.1");
        Ended failed = run(java, "--make-archive");
        assertEquals(1, failed.status());
        assertTrue(failed.out().contains("the training run failed with status 9"), failed.out());
        assertFalse(Files.exists(archives.resolve("25.0.1+7-X.aot")));
        executable(java.resolve("bin/java"), JAVA.replace("exit 9", "exit 0"));
        assertEquals(0, run(java, "--make-archive").status());
        assertTrue(Files.exists(archives.resolve("25.0.1+7-X.aot")));
        assertFalse(Files.exists(archives.resolve("25.0.1+7-X.aot.new")));
    }

    @Test
    void withoutJavaHomeItFindsOneThatIsNewEnough() throws Exception {
        Path old = java("11.0.2");
        String path = old.resolve("bin") + ":" + System.getenv("PATH");
        ProcessBuilder builder =
                new ProcessBuilder(image.resolve("bin/dhcpcanond").toString(), "--version");
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", path);
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // The jars of this image are empty, so a real Java says that there is no such class; the old one would have
        // said more.
        assertNotEquals(9, process.waitFor());
        assertTrue(out.contains("org.dhcpcanon.app.Main"), out);
    }

    /** What the program of this name was before: the client itself, as NetworkManager before 1.52 and people started it. */
    @ParameterizedTest
    @CsvSource({
        "-sf /h -pf /p -e A=b eth9, -d -q -sf /h -pf /p -e A=b eth9",
        "-v lo, -d -q -v lo",
        "-s -v lo, -d -q -v lo",
        "lo -s, -d -q lo"
    })
    void theOldProgramsArgumentsStartAClient(String given, String passed) throws Exception {
        executable(image.resolve("bin/dhcpcanon"), Files.readString(Path.of("src/main/sh/dhcpcanon")));
        executable(image.resolve("bin/dhclient"), "#!/bin/sh\necho \"$*\"\nexit 3\n");
        Ended ended = run(image.resolve("bin/dhcpcanon"), Map.of(), given.split(" ", -1));
        assertEquals(List.of(passed), ended.lines());
        assertEquals(3, ended.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "--version", "nothing0", "../net/lo"})
    void everythingElseIsForTheCommand(String first) throws Exception {
        executable(image.resolve("bin/dhcpcanon"), Files.readString(Path.of("src/main/sh/dhcpcanon")));
        Map<String, String> java = Map.of("JAVA_HOME", java("17.0.1").toString());
        List<String> lines = run(image.resolve("bin/dhcpcanon"), java, first).lines();
        assertEquals(first, lines.get(lines.indexOf("org.dhcpcanon.command.Dhcpcanon") + 1));
    }
}
