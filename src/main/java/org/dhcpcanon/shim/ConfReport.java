package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.List;

/** What is said about a configuration and the files that it includes; bounded, whatever stands in them. */
final class ConfReport {
    private static final int MOST_WARNINGS = 20;
    private static final int MOST_SUPPRESSED = 100;

    private final List<String> suppressed = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int moreWarnings;

    void warn(String text) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(text);
        } else {
            moreWarnings++;
        }
    }

    void suppress(String text) {
        if (suppressed.size() < MOST_SUPPRESSED) {
            suppressed.add(text);
        }
    }

    List<String> suppressed() {
        return suppressed;
    }

    /** The last one says how many have found no room. */
    List<String> warnings(String file) {
        List<String> all = new ArrayList<>(warnings);
        if (moreWarnings > 0) {
            all.add(file + ": and " + moreWarnings + " more");
        }
        return all;
    }
}
