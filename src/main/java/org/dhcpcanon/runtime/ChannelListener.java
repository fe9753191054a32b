package org.dhcpcanon.runtime;

/** Who hears what a channel receives. On the loop thread. */
public interface ChannelListener {
    /** A line without its newline; at most 4096 octets, longer ones are cut there; not UTF-8 is read as ISO 8859-1. */
    void line(String line);

    /** The other end is gone. Comes once, and nothing after it. */
    void ended();
}
