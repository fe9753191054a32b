package org.dhcpcanon.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dhcpcanon.runtime.Adoption;
import org.dhcpcanon.runtime.AdoptionException;

/** Keeps what was asked, and refuses what it is told to refuse. */
final class FakeAdoption implements Adoption {
    final List<String> asked = new ArrayList<>();
    Map<String, Exception> refusals = Map.of(
            "nobody", new AdoptionException(AdoptionException.Kind.NO_CONNECTION, "there is no such connection"),
            "static", new AdoptionException(AdoptionException.Kind.NOT_SUPPORTED, "it does not use DHCP"),
            "later", new java.io.IOException("it has not answered in time"));

    @Override
    public synchronized CompletableFuture<String> adopt(String connection) {
        return answer("adopt", connection);
    }

    @Override
    public synchronized CompletableFuture<String> unadopt(String connection, boolean atOnce) {
        return answer(atOnce ? "unadopt" : "later unadopt", connection);
    }

    private CompletableFuture<String> answer(String verb, String connection) {
        asked.add(verb + " " + connection);
        Exception refusal = refusals.get(connection);
        return refusal == null
                ? CompletableFuture.completedFuture(connection)
                : CompletableFuture.failedFuture(refusal);
    }
}
