package org.dhcpcanon.runtime;

/** Lines to and from the process at the other end of two fifos. */
public interface Channel extends AutoCloseable {
    /** Sends a line; it is lost if the other end is gone (which is reported through the listener) or has stopped reading. */
    void send(String line);

    @Override
    void close();
}
