package org.dhcpcanon.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What most rules have in common: all messages of a kind must be fine, and the first that is not is shown. */
final class Check {
    private Check() {}

    /**
     * @param complaint what is wrong with a message; empty if nothing is
     * @param missing why nothing can be said if there is no such message
     */
    static Finding each(Stream<Sent> sent, Function<Sent, Optional<String>> complaint, String missing) {
        List<Sent> all = sent.toList();
        for (Sent one : all) {
            Optional<String> wrong = complaint.apply(one);
            if (wrong.isPresent()) {
                return Finding.fail(name(one) + " " + wrong.get(), one.frame());
            }
        }
        return all.isEmpty()
                ? Finding.notSeen(missing)
                : Finding.pass("", all.get(0).frame());
    }

    static String name(Sent sent) {
        return switch (sent.kind()) {
            case SELECT -> "REQUEST";
            case REBOOT -> "REQUEST (INIT-REBOOT)";
            case RENEW -> "REQUEST (renew)";
            case REBIND -> "REQUEST (rebind)";
            case UNTYPED -> "a message without type";
            case OTHER -> "a message of type " + sent.message().type();
            case DISCOVER, DECLINE, RELEASE, INFORM -> sent.kind().name();
        };
    }

    /** A complaint about options beyond those that are allowed. */
    static Optional<String> only(Sent sent, Set<Integer> allowed) {
        Set<Integer> others = new TreeSet<>(sent.message().codes());
        others.removeAll(allowed);
        return others.isEmpty() ? Optional.empty() : Optional.of("also has " + codes(others));
    }

    /** A complaint about options that must not be there. */
    static Optional<String> none(Sent sent, Set<Integer> banned) {
        Set<Integer> found = new TreeSet<>(sent.message().codes());
        found.retainAll(banned);
        return found.isEmpty() ? Optional.empty() : Optional.of("has " + codes(found));
    }

    /** A complaint about options that are missing. */
    static Optional<String> all(Sent sent, Set<Integer> needed) {
        Set<Integer> missing = new TreeSet<>(needed);
        missing.removeAll(sent.message().codes());
        return missing.isEmpty() ? Optional.empty() : Optional.of("lacks " + codes(missing));
    }

    static Optional<String> when(boolean wrong, String complaint) {
        return wrong ? Optional.of(complaint) : Optional.empty();
    }

    static String codes(java.util.Collection<Integer> codes) {
        return codes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
