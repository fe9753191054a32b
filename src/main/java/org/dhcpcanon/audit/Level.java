package org.dhcpcanon.audit;

/** How much a requirement binds, RFC 2119. */
public enum Level {
    MUST("MUST", true),
    MUST_NOT("MUST NOT", true),
    SHOULD("SHOULD", false),
    SHOULD_NOT("SHOULD NOT", false),
    MAY("MAY", false),
    /** No RFC says it; servers, relays or the crowd do. */
    PRACTICE("practice", false);

    private final String text;
    private final boolean binding;

    Level(String text, boolean binding) {
        this.text = text;
        this.binding = binding;
    }

    /** As RFC 2119 writes it. */
    public String text() {
        return text;
    }

    /** Whether a client that does otherwise is broken. */
    public boolean isBinding() {
        return binding;
    }
}
