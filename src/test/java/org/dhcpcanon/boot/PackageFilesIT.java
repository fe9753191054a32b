package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the package, as dpkg sees it. */
class PackageFilesIT {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    @TempDir
    Path directory;

    private Path tree = Path.of("");

    @BeforeEach
    void unpack() {
        tree = directory.resolve("tree");
        Shell.run(List.of("dpkg-deb", "-R", Machine.deb().toString(), tree.toString()))
                .ok();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            return all.filter(path -> Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .map(path -> tree.relativize(path).toString())
                    .filter(path -> !path.startsWith("DEBIAN/"))
                    .sorted()
                    .toList();
        }
    }

    private List<String> lines(String path) throws IOException {
        return Files.readAllLines(tree.resolve(path));
    }

    @Test
    void theSumsAreThoseOfAllFiles() throws Exception {
        Shell.run(List.of("sh", "-c", "cd \"$0\" && md5sum --quiet --strict -c DEBIAN/md5sums", tree.toString()))
                .ok();
        assertEquals(
                files(),
                lines("DEBIAN/md5sums").stream()
                        .map(line -> SPACE.split(line, 2)[1])
                        .sorted()
                        .toList());
    }

    /** Whoever may write into one of them is root. */
    @Test
    void allIsOfRootAndOnlyProgramsCanBeExecuted() {
        String[] listing = Shell.run(List.of("dpkg-deb", "-c", Machine.deb().toString()))
                .ok()
                .split("\n", -1);
        for (String line : listing) {
            String[] word = SPACE.split(line, 6);
            if (word.length == 6) {
                assertEquals("root/root", word[1], line);
                assertTrue(word[0].equals(mode(word[0].charAt(0), word[5])), line);
            }
        }
    }

    private static String mode(char kind, String path) {
        return switch (kind) {
            case 'd' -> "drwxr-xr-x";
            // dpkg gives a link no mode.
            case 'l' -> "lrw-r--r--";
            default -> path.matches("\\./usr/lib/dhcpcanon/s?bin/.*") ? "-rwxr-xr-x" : "-rw-r--r--";
        };
    }

    @Test
    void whatIsBelowEtcIsASettingOfTheUser() throws Exception {
        assertEquals(
                files().stream()
                        .filter(path -> path.startsWith("etc/"))
                        .map(path -> "/" + path)
                        .toList(),
                lines("DEBIAN/conffiles"));
    }

    private List<String> copyright() throws IOException {
        return lines("usr/share/doc/dhcpcanon/copyright");
    }

    private static List<String> values(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field + ": "))
                .map(line -> line.substring(field.length() + 2))
                .toList();
    }

    /** The patterns of the paragraphs about files of others. */
    private List<String> patterns() throws IOException {
        List<String> patterns = new ArrayList<>();
        for (String value : values(copyright(), "Files")) {
            patterns.addAll(List.of(SPACE.split(value)));
        }
        assertTrue(patterns.remove("*"));
        return patterns;
    }

    private static boolean matches(String pattern, String path) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(path));
    }

    @Test
    void everyLibraryHasAParagraphAndEveryParagraphALibrary() throws Exception {
        List<String> jars = files().stream()
                .filter(path -> path.endsWith(".jar") && !path.endsWith("/dhcpcanon.jar"))
                .toList();
        assertTrue(jars.size() > 10, jars.toString());
        for (String jar : jars) {
            assertTrue(patterns().stream().anyMatch(pattern -> matches(pattern, jar)), jar + " has no paragraph");
        }
        for (String pattern : patterns()) {
            assertTrue(jars.stream().anyMatch(jar -> matches(pattern, jar)), pattern + " is no library");
        }
    }

    /** A paragraph about files names a licence in one line; the paragraph with the text has more. */
    @Test
    void everyLicenceThatIsNamedHasAText() throws Exception {
        List<String> lines = copyright();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith("License: ") && lines.get(i + 1).startsWith(" ")) {
                assertTrue(texts.add(lines.get(i)), lines.get(i) + " has two texts");
            }
        }
        assertFalse(texts.isEmpty());
        for (String name : values(lines, "License")) {
            assertTrue(texts.contains("License: " + name), name + " has no text");
        }
    }

    @Test
    void lintianFindsNothingToWarnOf() {
        String text = Shell.run(List.of(
                        "lintian",
                        "--allow-root",
                        "--fail-on",
                        "error,warning",
                        Machine.deb().toString()))
                .ok();
        assertEquals("", text.strip());
    }
}
