package org.dhcpcanon.runtime;

/**
 * What is written about clients. The journal is kept on disk, so nothing in it may tell where the machine has been: no addresses,
 * servers or names. A transaction id may be in it, in a field of its own: it is random for every exchange, and says something only to
 * who has heard that exchange.
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
