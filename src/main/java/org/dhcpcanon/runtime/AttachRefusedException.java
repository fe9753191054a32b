package org.dhcpcanon.runtime;

/** A caller cannot be served; the message is for the user. */
public final class AttachRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of no. */
    public enum Kind {
        /** The directory is not where, or whose, or what it must be. */
        BAD_DIRECTORY,
        /** The arguments cannot be understood. */
        BAD_ARGUMENTS,
        /** Understood, but this is not done (DHCPv6). */
        NOT_SUPPORTED,
        /** The interface cannot be used. */
        NO_INTERFACE
    }

    private final Kind kind;

    public AttachRefusedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
