package org.dhcpcanon.runtime;

/** A connection cannot be taken over, or given back; the message is for people. */
public final class AdoptionException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, for programs. */
    public enum Kind {
        /** There is none of that name, or there are several. */
        NO_CONNECTION,
        /** It is not one that we can serve. */
        NOT_SUPPORTED,
        /** NetworkManager does not run, or says no. */
        NETWORKMANAGER
    }

    private final Kind kind;

    public AdoptionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
