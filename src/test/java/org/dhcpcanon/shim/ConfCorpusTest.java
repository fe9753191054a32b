package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files from elsewhere: complaints where dhclient has some, and nothing that hurts whatever is changed in them. */
class ConfCorpusTest {
    private static final Path CORPUS = Path.of("test-fixtures/dhclient-conf");
    private static final Pattern COMPLAINT = Pattern.compile(".* line (\\d+) column \\d+: expected .*");
    private static final Pattern DIFFERENCE = Pattern.compile("(\\S+) (\\d+) (ours|dhclient) \\S.*");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .map(name -> name.substring(0, name.length() - ".conf".length()))
                    .sorted()
                    .toList();
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(CORPUS.resolve(file));
    }

    /** What dhclient would complain about if it had our complaints but for the listed differences. */
    private static Set<Integer> explained(String name, DhclientConf conf) throws IOException {
        Set<Integer> lines = new TreeSet<>();
        for (String warning : conf.warnings()) {
            Matcher matcher = COMPLAINT.matcher(warning);
            if (matcher.matches()) {
                lines.add(Integer.valueOf(matcher.group(1)));
            }
        }
        for (String difference : text("differences").lines().toList()) {
            Matcher matcher = DIFFERENCE.matcher(difference);
            if (matcher.matches() && matcher.group(1).equals(name)) {
                boolean ours = matcher.group(3).equals("ours");
                Integer line = Integer.valueOf(matcher.group(2));
                assertTrue(ours ? lines.remove(line) : lines.add(line), "no such difference: " + difference);
            }
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("names")
    void complaintsAreWhereDhclientHasThem(String name) throws IOException {
        Set<Integer> theirs = new TreeSet<>();
        text(name + ".lines").lines().map(Integer::valueOf).forEach(theirs::add);
        DhclientConf conf = DhclientConf.parse(name, text(name + ".conf"), "eth0");
        assertEquals(theirs, explained(name, conf), () -> conf.warnings().toString());
    }

    @Test
    void everyDifferenceHasAFileALineAndAReason() throws IOException {
        List<String> names = names();
        for (String line : text("differences").lines().toList()) {
            Matcher matcher = DIFFERENCE.matcher(line);
            boolean good = line.startsWith("#") || (matcher.matches() && names.contains(matcher.group(1)));
            assertTrue(good, line);
        }
    }

    /** What is broken ends with its statement: these stand behind mistakes. */
    @Test
    void theRestOfABrokenFileCounts() throws IOException {
        DhclientConf values = DhclientConf.parse("f", text("broken-values.conf"), "eth0");
        assertEquals(9, values.timeoutSeconds().orElseThrow());
        assertEquals(9, values.wishes().retrySeconds().orElseThrow());
        DhclientConf semicolons = DhclientConf.parse("f", text("broken-semicolons.conf"), "eth0");
        assertEquals(1, semicolons.rejected().size());
    }

    @ParameterizedTest
    @MethodSource("names")
    void whateverIsChangedItIsReadQuicklyAndBounded(String name) throws IOException {
        String whole = text(name + ".conf");
        Random random = new Random(whole.hashCode());
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            for (int i = 0; i < 2000; i++) {
                DhclientConf conf = DhclientConf.parse("f", Mutations.of(whole, random), "eth0");
                assertTrue(conf.warnings().size() <= 21 && conf.suppressed().size() <= 100);
            }
        });
    }
}
