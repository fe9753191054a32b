package org.dhcpcanon.runtime;

/**
 * What is written about clients. The journal is kept on disk, so nothing in it may tell where the machine has been: no addresses,
 * servers or names.
 */
public interface Journal {
    /** How much it matters. */
    enum Level {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }

    void write(Level level, String interfaceName, String text);

    /** A defect of ours, with its trace. */
    void defect(String interfaceName, Throwable cause);
}
