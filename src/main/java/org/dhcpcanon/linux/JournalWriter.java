package org.dhcpcanon.linux;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.ConsoleWriter;
import org.tinylog.writers.Writer;

/**
 * Writes the log. Where standard output goes to systemd's journal, the lines go there themselves, with fields; else, and whenever the
 * journal does not take one at once, to standard output. tinylog makes it, as tinylog.properties says. Any thread.
 */
public final class JournalWriter implements Writer {
    private static final String SOCKET = "/run/systemd/journal/socket";
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private final Writer console;
    private final Optional<DatagramSender> journal;

    /** @param properties of a console writer */
    public JournalWriter(Map<String, String> properties) {
        this(
                new ConsoleWriter(properties),
                isJournal(System.getenv(), STANDARD_OUTPUT) ? open(SOCKET) : Optional.empty());
    }

    JournalWriter(Writer console, Optional<DatagramSender> journal) {
        this.console = console;
        this.journal = journal;
    }

    /**
     * Whether a file is the stream to the journal that the environment tells of, see systemd.exec(5): who has standard output somewhere
     * else wants the lines there.
     */
    static boolean isJournal(Map<String, String> environment, Path file) {
        String stream = environment.getOrDefault("JOURNAL_STREAM", "");
        if (stream.isEmpty()) {
            return false;
        }
        try {
            return stream.equals(Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino"));
        } catch (IOException e) {
            return false;
        }
    }

    /** Without the C library there is nobody to log for, but somebody must be able to say so. */
    private static Optional<DatagramSender> open(String path) {
        try {
            return Optional.of(new DatagramSender(path));
        } catch (IOException | LinkageError e) {
            return Optional.empty();
        }
    }

    @Override
    public Collection<LogEntryValue> getRequiredLogEntryValues() {
        EnumSet<LogEntryValue> values =
                EnumSet.of(LogEntryValue.LEVEL, LogEntryValue.MESSAGE, LogEntryValue.EXCEPTION, LogEntryValue.CONTEXT);
        values.addAll(console.getRequiredLogEntryValues());
        return values;
    }

    @Override
    public void write(LogEntry line) throws Exception {
        if (journal.isEmpty() || !isTaken(journal.get(), entry(line))) {
            console.write(line);
        }
    }

    private static boolean isTaken(DatagramSender journal, JournalEntry entry) {
        try {
            journal.send(entry.datagram());
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    private static JournalEntry entry(LogEntry line) {
        JournalEntry entry = new JournalEntry();
        entry.put("MESSAGE", text(line));
        entry.put("PRIORITY", Integer.toString(priority(line.getLevel())));
        entry.put("SYSLOG_IDENTIFIER", "dhcpcanond");
        line.getContext().forEach(entry::put);
        return entry;
    }

    /** With the trace of an exception, as on the console. */
    private static String text(LogEntry line) {
        @Nullable String message = line.getMessage();
        @Nullable Throwable cause = line.getException();
        String text = message == null ? "" : message;
        if (cause == null) {
            return text;
        }
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        return (text.isEmpty() ? "" : text + ": ") + trace.toString().stripTrailing();
    }

    /** See syslog(3). */
    private static int priority(Level level) {
        return switch (level) {
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            case DEBUG, TRACE, OFF -> 7;
        };
    }

    @Override
    public void flush() throws Exception {
        console.flush();
    }

    @Override
    public void close() throws Exception {
        console.close();
    }
}
