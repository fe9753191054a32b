package org.dhcpcanon.audit;

import java.util.List;
import java.util.Optional;

/** The messages from one start of a client to the next; never empty. A client that lost its lease and searches again has not started anew. */
record Session(List<Sent> sent) {
    Session {
        sent = List.copyOf(sent);
    }

    /** The parameter request list that it began with. */
    Optional<Sent> asked() {
        return sent.stream().filter(one -> one.message().has(55)).findFirst();
    }

    /** DISCOVERs that follow each other with one xid and without an offer between: each is a repetition of the one before. */
    List<List<Sent>> searches() {
        List<List<Sent>> searches = new java.util.ArrayList<>();
        for (Sent one : sent) {
            boolean repeats = !searches.isEmpty() && isRepetition(searches.get(searches.size() - 1), one);
            if (!repeats) {
                searches.add(new java.util.ArrayList<>());
            }
            searches.get(searches.size() - 1).add(one);
        }
        return searches.stream()
                .filter(search -> search.get(0).kind() == Kind.DISCOVER)
                .toList();
    }

    private static boolean isRepetition(List<Sent> search, Sent next) {
        Sent last = search.get(search.size() - 1);
        return last.kind() == Kind.DISCOVER
                && next.kind() == Kind.DISCOVER
                && last.message().xid() == next.message().xid()
                && next.offers().isEmpty();
    }
}
