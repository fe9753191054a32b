package org.dhcpcanon.app;

import org.dhcpcanon.runtime.Journal;
import org.dhcpcanon.runtime.Subject;
import org.tinylog.Logger;

/** The journal as lines of the log: {@code eth0: selecting -> requesting}. */
final class LogJournal implements Journal {
    @Override
    public void write(Level level, Subject subject, String text) {
        subject.during(() -> write(level, subject.interfaceName(), text));
    }

    private static void write(Level level, String interfaceName, String text) {
        switch (level) {
            case DEBUG -> Logger.debug("{}: {}", interfaceName, text);
            case INFO -> Logger.info("{}: {}", interfaceName, text);
            case WARNING -> Logger.warn("{}: {}", interfaceName, text);
            case ERROR -> Logger.error("{}: {}", interfaceName, text);
        }
    }

    @Override
    public void defect(Subject subject, Throwable cause) {
        subject.during(() -> Logger.error(cause, "{}: a defect; this client ends", subject.interfaceName()));
    }
}
