package org.dhcpcanon.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** What is written about one client, and what people should know of it. */
final class ClientJournal {
    private final Journal journal;
    private final Supplier<Subject> subject;
    private final List<String> warnings = new ArrayList<>();

    /** @param subject this client, as it is now */
    ClientJournal(Journal journal, Supplier<Subject> subject) {
        this.journal = journal;
        this.subject = subject;
    }

    void write(Journal.Level level, String text) {
        journal.write(level, subject.get(), text);
    }

    /** Each is written whenever it comes, and shown once. */
    void warn(String warning) {
        write(Journal.Level.WARNING, warning);
        show(List.of(warning));
    }

    /** Shows warnings that are not written, or not yet. */
    void show(Collection<String> more) {
        more.stream().filter(warning -> !warnings.contains(warning)).forEach(warnings::add);
    }

    void defect(Throwable cause) {
        journal.defect(subject.get(), cause);
    }

    /** See {@link ClientView#warnings}. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
