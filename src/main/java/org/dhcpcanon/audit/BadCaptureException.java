package org.dhcpcanon.audit;

/** Nothing of the file can be read; the message says why, for the user. */
public final class BadCaptureException extends Exception {
    private static final long serialVersionUID = 1L;

    BadCaptureException(String message) {
        super(message);
    }
}
