package org.dhcpcanon.command;

/** The colours of verdicts, or none. */
enum Colour {
    NONE("", "", "", "", ""),
    ANSI("\033[32m", "\033[31m", "\033[33m", "\033[2m", "\033[0m");

    private final String good;
    private final String bad;
    private final String doubtful;
    private final String faint;
    private final String end;

    /** What the user said. */
    enum When {
        AUTO,
        ALWAYS,
        NEVER
    }

    Colour(String good, String bad, String doubtful, String faint, String end) {
        this.good = good;
        this.bad = bad;
        this.doubtful = doubtful;
        this.faint = faint;
        this.end = end;
    }

    /** The launcher says whether standard output is a terminal, since Java 17 knows only about both at once. */
    static Colour of(When when) {
        boolean wanted = switch (when) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> Boolean.getBoolean("dhcpcanon.terminal") && noColour().isEmpty();
        };
        return wanted ? ANSI : NONE;
    }

    /** <a href="https://no-color.org">no-color.org</a>: any text but an empty one. */
    private static String noColour() {
        return System.getenv().getOrDefault("NO_COLOR", "");
    }

    String good(String text) {
        return good + text + end;
    }

    String bad(String text) {
        return bad + text + end;
    }

    String doubtful(String text) {
        return doubtful + text + end;
    }

    String faint(String text) {
        return faint + text + end;
    }
}
