package org.dhcpcanon.settings;

/** A settings file cannot be understood; the message has the file, the line and what was expected there. */
public final class MistakeException extends Exception {
    private static final long serialVersionUID = 1L;

    MistakeException(String file, int line, String words) {
        super(file + (line > 0 ? " line " + line : "") + ": " + words);
    }
}
