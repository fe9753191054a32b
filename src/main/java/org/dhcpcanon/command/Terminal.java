package org.dhcpcanon.command;

/** What a terminal may be given. */
final class Terminal {
    private Terminal() {}

    /** File names are free to hold anything: what would control the terminal is shown as a question mark. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> safe.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return safe.toString();
    }
}
