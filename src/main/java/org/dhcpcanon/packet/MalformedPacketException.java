package org.dhcpcanon.packet;

/** Received bytes that are not what they should be. The reason is the message. */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    /** No stack trace: a stranger can cause thousands of these in a second. */
    public MalformedPacketException(DropReason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public DropReason reason() {
        return reason;
    }
}
