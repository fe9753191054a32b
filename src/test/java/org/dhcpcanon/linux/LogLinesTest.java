package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The log goes to a persistent journal: what says where this machine was, and under which name, must not. */
class LogLinesTest {
    private static final Pattern LINE = Pattern.compile("Logger\\.(?:info|warn|error)\\([^;]*;");
    private static final Pattern TELLING =
            Pattern.compile("(?i)xid|transactionId|hardware\\(\\)|mac\\b|source|server\\(|lease\\b[,)]");

    private static Stream<String> linesOf(String part) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/org/dhcpcanon", part))) {
            return files.toList().stream()
                    .flatMap(file -> LINE.matcher(read(file)).results().map(MatchResult::group));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theXidOfAPacketThatCouldNotBeSentIsInTheJournal() throws Exception {
        List<String> lines = Stream.concat(linesOf("linux"), linesOf("shim")).toList();
        assertTrue(lines.size() > 8, lines::toString);
        assertEquals(
                List.of(),
                lines.stream().filter(line -> TELLING.matcher(line).find()).toList());
    }
}
