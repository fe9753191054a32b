package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.dhcpcanon.runtime.Subject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinylog.Level;
import org.tinylog.ThreadContext;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.runtime.RuntimeProvider;
import org.tinylog.writers.Writer;

class JournalWriterTest {
    @TempDir
    private Path directory;

    private final Console console = new Console();
    private DatagramReceiver journal;
    private JournalWriter writer;

    /** Keeps what it is given. */
    private static final class Console implements Writer {
        final List<String> lines = new ArrayList<>();

        @Override
        public Collection<LogEntryValue> getRequiredLogEntryValues() {
            return List.of(LogEntryValue.LINE);
        }

        @Override
        public void write(LogEntry line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() throws Exception {
        Path socket = directory.resolve("journal");
        journal = DatagramReceiver.at(socket);
        writer = new JournalWriter(console, Optional.of(new DatagramSender(socket.toString())));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private static LogEntry line(Level level, @Nullable String message, @Nullable Throwable cause) {
        return new LogEntry(
                RuntimeProvider.createTimestamp(),
                Thread.currentThread(),
                ThreadContext.getMapping(),
                "",
                "",
                "",
                0,
                "",
                level,
                message,
                cause);
    }

    private void write(Subject subject, Level level, String message) {
        subject.during(() -> assertDoesNotThrow(() -> writer.write(line(level, message, null))));
    }

    @Test
    void aLineIsAnEntryWithTheFieldsOfItsSubject() {
        Subject subject = new Subject("eth0", OptionalInt.of(7), OptionalInt.of(0x00c0ffee));
        write(subject, Level.INFO, "eth0: bound -> renewing");
        List<String> fields = journal.heard().orElseThrow().lines().toList();
        assertEquals(
                List.of("MESSAGE=eth0: bound -> renewing", "PRIORITY=6", "SYSLOG_IDENTIFIER=dhcpcanond"),
                fields.subList(0, 3));
        assertEquals(
                List.of("DHCPCANON_CLIENT=7", "DHCPCANON_INTERFACE=eth0", "DHCPCANON_XID=00c0ffee"),
                fields.subList(3, fields.size()).stream().sorted().toList());
        assertEquals(List.of(), console.lines);
    }

    @Test
    void whatIsNotKnownHasNoField() throws Exception {
        write(Subject.of("eth0"), Level.WARN, "eth0: trouble");
        // And a subject is over with its lines.
        writer.write(line(Level.WARN, "trouble", null));
        String rest = "PRIORITY=4\nSYSLOG_IDENTIFIER=dhcpcanond\n";
        assertEquals(Optional.of("MESSAGE=eth0: trouble\n" + rest + "DHCPCANON_INTERFACE=eth0\n"), journal.heard());
        assertEquals(Optional.of("MESSAGE=trouble\n" + rest), journal.heard());
    }

    @ParameterizedTest
    @CsvSource({"TRACE,7", "DEBUG,7", "INFO,6", "WARN,4", "ERROR,3"})
    void levelsAreThoseOfSyslog(Level level, int priority) throws Exception {
        writer.write(line(level, "x", null));
        assertTrue(journal.heard().orElseThrow().contains("\nPRIORITY=" + priority + "\n"));
    }

    @Test
    void anExceptionIsWrittenWithItsTrace() throws Exception {
        writer.write(line(Level.ERROR, "a defect", new IllegalStateException("why")));
        writer.write(line(Level.ERROR, null, new IllegalStateException("why")));
        String entry = journal.heard().orElseThrow();
        assertTrue(entry.startsWith("MESSAGE\n"), entry);
        assertTrue(entry.contains("a defect: java.lang.IllegalStateException: why\n\tat org.dhcpcanon."), entry);
        assertTrue(entry.endsWith("\nPRIORITY=3\nSYSLOG_IDENTIFIER=dhcpcanond\n"), entry);
        assertEquals("java", journal.heard().orElseThrow().substring(16, 20));
    }

    @Test
    void whatTheJournalDoesNotTakeAtOnceGoesToStandardOutput() {
        int lines = 5000;
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < lines; i++) {
                writer.write(line(Level.INFO, "line " + i, null));
            }
        });
        int taken = 0;
        while (journal.heard().isPresent()) {
            taken++;
        }
        assertTrue(taken > 0 && taken < lines, "taken: " + taken);
        assertEquals(lines, taken + console.lines.size());
        assertEquals("line " + taken, console.lines.get(0));
    }

    @Test
    void whatIsTooLongForTheJournalGoesToStandardOutput() throws Exception {
        writer.write(line(Level.INFO, "x".repeat(1 << 20), null));
        assertEquals(Optional.empty(), journal.heard());
        assertEquals(1, console.lines.size());
    }

    @Test
    void aJournalThatIsAbsentIsNoTroubleAndIsTakenUpAgain() throws Exception {
        Path socket = directory.resolve("later");
        JournalWriter early = new JournalWriter(console, Optional.of(new DatagramSender(socket.toString())));
        early.write(line(Level.INFO, "early", null));
        assertEquals(List.of("early"), console.lines);
        try (DatagramReceiver started = DatagramReceiver.at(socket)) {
            early.write(line(Level.INFO, "late", null));
            assertTrue(started.heard().orElseThrow().startsWith("MESSAGE=late\n"));
        }
        early.write(line(Level.INFO, "gone", null));
        assertEquals(List.of("early", "gone"), console.lines);
    }

    @Test
    void withoutAJournalEverythingGoesToStandardOutput() throws Exception {
        new JournalWriter(console, Optional.empty()).write(line(Level.INFO, "plain", null));
        assertEquals(List.of("plain"), console.lines);
        assertEquals(Optional.empty(), journal.heard());
    }

    @Test
    void whatTheConsoleNeedsIsNeeded() {
        Collection<LogEntryValue> values = writer.getRequiredLogEntryValues();
        assertTrue(
                values.containsAll(List.of(
                        LogEntryValue.LINE,
                        LogEntryValue.CONTEXT,
                        LogEntryValue.EXCEPTION,
                        LogEntryValue.LEVEL,
                        LogEntryValue.MESSAGE)),
                values::toString);
    }

    @Test
    void theStreamToTheJournalIsKnownByItsNumbers() throws Exception {
        Path stream = Files.createFile(directory.resolve("stream"));
        String numbers = Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino");
        assertTrue(JournalWriter.isJournal(Map.of("JOURNAL_STREAM", numbers), stream));
        assertFalse(JournalWriter.isJournal(Map.of("JOURNAL_STREAM", numbers), Path.of("/dev/null")));
        assertFalse(JournalWriter.isJournal(Map.of(), stream));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1:", ":1", "0:0"})
    void numbersThatAreNoneAreNoStream(String numbers) {
        assertFalse(JournalWriter.isJournal(Map.of("JOURNAL_STREAM", numbers), directory));
        assertFalse(JournalWriter.isJournal(Map.of("JOURNAL_STREAM", numbers), directory.resolve("missing")));
    }
}
