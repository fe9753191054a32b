package org.dhcpcanon.runtime;

/** Where callers come in. On the loop thread. */
@FunctionalInterface
public interface Doorway {
    /**
     * Takes the caller whose attach directory this is.
     *
     * @throws AttachRefusedException if the directory, or what it asks for, will not do
     */
    void attach(String directory) throws AttachRefusedException;
}
