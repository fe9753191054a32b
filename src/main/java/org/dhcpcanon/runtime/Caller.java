package org.dhcpcanon.runtime;

/** The process that asked for a client, as the client sees it. */
public interface Caller {
    /** Makes the caller exit with this code. */
    void exit(int code);

    /** Shows the caller's user a line. */
    void message(String text);

    /** Runs the caller's script. */
    ScriptRunner scripts();

    /** Where what is remembered of this caller's lease is kept. */
    LeaseStore store();
}
