package org.dhcpcanon.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options that a caller would like to be asked for.
 *
 * @param instead all that are to be asked for; empty if the caller leaves that to us
 * @param also more of them
 */
public record RequestList(Optional<List<Integer>> instead, List<Integer> also) {
    public static final RequestList NONE = new RequestList(Optional.empty(), List.of());

    public RequestList {
        instead = instead.map(List::copyOf);
        also = List.copyOf(also);
    }

    /** This one, and more. */
    public RequestList and(List<Integer> codes) {
        List<Integer> all = new ArrayList<>(also);
        codes.stream().filter(code -> !all.contains(code)).forEach(all::add);
        return new RequestList(instead, all);
    }

    /** This one, and what somebody nearer wants otherwise. */
    public RequestList then(RequestList nearer) {
        return nearer.instead.isPresent() ? nearer : and(nearer.also);
    }

    /** The list that follows from somebody's own one. */
    List<Integer> from(List<Integer> own) {
        List<Integer> all = new ArrayList<>(instead.orElse(own));
        also.stream().filter(code -> !all.contains(code)).forEach(all::add);
        return all;
    }

    /** What is asked for beyond somebody's own list. */
    public List<Integer> beyond(List<Integer> own) {
        return from(List.of()).stream()
                .filter(code -> !own.contains(code))
                .distinct()
                .toList();
    }
}
