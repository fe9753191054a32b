package org.dhcpcanon.audit;

import java.util.Optional;

/**
 * A verdict on one requirement.
 *
 * @param reason short, for people; printable ASCII
 * @param shown the packet that shows it
 */
public record Finding(Verdict verdict, String reason, Optional<Frame> shown) {
    static Finding pass(String reason, Frame shown) {
        return new Finding(Verdict.PASS, reason, Optional.of(shown));
    }

    static Finding fail(String reason, Frame shown) {
        return new Finding(Verdict.FAIL, reason, Optional.of(shown));
    }

    static Finding note(String reason, Frame shown) {
        return new Finding(Verdict.NOTE, reason, Optional.of(shown));
    }

    static Finding notSeen(String reason) {
        return new Finding(Verdict.NOT_SEEN, reason, Optional.empty());
    }
}
