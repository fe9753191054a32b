package org.dhcpcanon.audit;

/** What a capture says about a requirement. */
public enum Verdict {
    PASS("pass"),
    FAIL("fail"),
    /** Kept or not as one reads it; worth knowing. */
    NOTE("note"),
    /** The capture does not show it, or not often enough. */
    NOT_SEEN("not seen");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** For people and JSON. */
    public String text() {
        return text;
    }
}
