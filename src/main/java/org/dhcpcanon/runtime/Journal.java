package org.dhcpcanon.runtime;

/**
 * What is written about clients. The journal may be kept on disk, so nothing in it may tell where the machine has been: no addresses,
 * servers or names. The transaction id of a subject is for journals in memory: on a disk it would prove to whoever has the log of a network
 * too that the machine was there.
 */
public interface Journal {
    /** How much it matters. */
    enum Level {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }

    void write(Level level, Subject subject, String text);

    /** A defect of ours, with its trace. */
    void defect(Subject subject, Throwable cause);
}
