package org.dhcpcanon.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dhcpcanon.runtime.Journal;
import org.dhcpcanon.runtime.Subject;
import org.tinylog.Logger;

/** The journal as lines of the log: {@code eth0: selecting -> requesting}. */
final class LogJournal implements Journal {
    private final boolean inMemory;

    /**
     * @param inMemory whether the log is gone with the machine's memory. Only then it has the xid of an exchange: with that on the disk,
     *     whoever has the log of a network too could prove that the machine was there
     */
    LogJournal(boolean inMemory) {
        this.inMemory = inMemory;
    }

    /** As systemd-journald decides by default: on the disk if this directory is there. */
    static boolean isInMemory(Path directoryOnDisk) {
        return !Files.isDirectory(directoryOnDisk);
    }

    @Override
    public void write(Level level, Subject subject, String text) {
        shown(subject).during(() -> write(level, subject.interfaceName(), text));
    }

    private Subject shown(Subject subject) {
        return inMemory ? subject : subject.withoutTransaction();
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
        shown(subject).during(() -> Logger.error(cause, "{}: a defect; this client ends", subject.interfaceName()));
    }
}
