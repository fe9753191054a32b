package org.dhcpcanon.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How far off the moments of a lease are. They are on the boot clock, which nobody sets and which counts while a laptop sleeps. */
record Lifetime(double uptime) {
    private static final long NONE = 0;
    private static final long NEVER = Long.MAX_VALUE;
    private static final double MICROSECONDS = 1e6;
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    /** Reckoned from now; /proc/uptime is the boot clock. */
    static Lifetime now() throws Failure {
        try {
            return new Lifetime(
                    Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]));
        } catch (IOException | NumberFormatException e) {
            throw Failure.failed("/proc/uptime cannot be read: " + e.getMessage());
        }
    }

    /**
     * Such as {@code in 57 min}, {@code 3 s ago}, {@code never}; {@code -} for no moment, {@code unknown} for an unknown one.
     *
     * @param moment microseconds of the boot clock, 0 for none
     */
    String text(Optional<Long> moment) {
        if (moment.isEmpty()) {
            return ClientStatus.UNKNOWN;
        } else if (moment.get() == NONE) {
            return "-";
        } else if (moment.get() == NEVER) {
            return "never";
        }
        double seconds = seconds(moment.get());
        return seconds >= 0 ? "in " + span(seconds) : span(-seconds) + " ago";
    }

    /** Whole seconds from now, as JSON; null for no moment, and for never. */
    String json(Optional<Long> moment) {
        boolean known = moment.isPresent() && moment.get() != NONE && moment.get() != NEVER;
        return known ? Long.toString((long) Math.floor(seconds(moment.get()))) : "null";
    }

    private double seconds(long moment) {
        return moment / MICROSECONDS - uptime;
    }

    /** In the unit of which there are at least two. */
    private static String span(double seconds) {
        if (seconds < 2 * MINUTE) {
            return (long) seconds + " s";
        } else if (seconds < 2 * HOUR) {
            return (long) seconds / MINUTE + " min";
        }
        return seconds < 2 * DAY ? (long) seconds / HOUR + " h" : (long) seconds / DAY + " d";
    }
}
