package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Our client beside ISC's: what a script is told, and what the lease file holds. */
@Execution(ExecutionMode.CONCURRENT)
class ScriptEnvironmentIT {
    private static final int SHORT = 12;
    private static final int LONG = 600;
    private static final String DATE = "[0-6] \\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d";

    /** What was seen of one client. */
    private record Seen(Map<String, Map<String, String>> calls, List<String> order, Map<String, String> lease) {}

    @Test
    void aScriptIsToldWhatDhclientWouldTellIt() throws Exception {
        CompletableFuture<Seen> peer = CompletableFuture.supplyAsync(() -> seen("/lab/isc-dhclient"));
        Seen ours = seen("dhclient");
        Seen theirs = peer.get();
        AllowedDifferences table = new AllowedDifferences(Path.of("test-fixtures/script-environment.md"));
        assertEquals(theirs.order(), ours.order());
        theirs.calls()
                .forEach((call, variables) ->
                        table.compare(call, variables, ours.calls().getOrDefault(call, Map.of())));
        table.compare("lease file", theirs.lease(), ours.lease());
        table.check();
    }

    private static Seen seen(String program) {
        try (ScriptedClient client = new ScriptedClient(program)) {
            Map<String, Map<String, String>> calls = new LinkedHashMap<>();
            List<String> order = new ArrayList<>();
            lifetime(client);
            number(client.calls(), calls, order);
            int before = client.calls().size();
            Map<String, String> lease = ends(client);
            number(client.calls().subList(before, client.calls().size()), calls, order);
            return new Seen(calls, order, lease);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A lease, its renewal, a NAK, another lease, its end, and nobody there. */
    private static void lifetime(ScriptedClient client) {
        client.serve(SHORT, false);
        client.start();
        client.await("RENEW", 1);
        client.endServer();
        client.serve(SHORT, true);
        client.await("BOUND", 2);
        client.endServer();
        client.await("EXPIRE", 2);
        client.await("FAIL", 1);
        client.endClient();
    }

    /** A lease that is given back, and one that is dropped. */
    private static Map<String, String> ends(ScriptedClient client) {
        int bound = (int) client.reasons().stream().filter("BOUND"::equals).count();
        client.serve(LONG, false);
        client.start();
        client.await("BOUND", bound + 1);
        Eventually.holds(
                "the lease is written",
                java.time.Duration.ofSeconds(5),
                () -> client.lastLease().getOrDefault("dhcp-lease-time", "").equals(Integer.toString(LONG)));
        Map<String, String> lease = comparable(client.lastLease());
        assertEquals("644", client.mode());
        assertEquals(client.leases(), client.leases().strip() + "\n");
        client.run("-r");
        client.await("RELEASE", 1);
        client.start();
        client.await("BOUND", bound + 2);
        client.run("-x");
        client.await("STOP", 1);
        return lease;
    }

    private static Map<String, String> comparable(Map<String, String> lease) {
        assertTrue(lease.getOrDefault("fixed-address", "").startsWith("10.77.0."), lease.toString());
        lease.put("fixed-address", "ADDRESS");
        for (String name : List.of("renew", "rebind", "expire")) {
            lease.computeIfPresent(name, (key, date) -> date.matches(DATE) ? "DATE" : date);
        }
        return lease;
    }

    /** By reason and number; how often a client renews or fails in a while is its own. */
    private static void number(List<ScriptCall> calls, Map<String, Map<String, String>> numbered, List<String> order) {
        for (ScriptCall call : calls) {
            boolean again = List.of("RENEW", "FAIL").contains(call.reason()) && order.contains(call.reason() + " 1");
            if (!again) {
                long count = 1
                        + order.stream()
                                .filter(name -> name.startsWith(call.reason() + " "))
                                .count();
                order.add(call.reason() + " " + count);
                numbered.put(call.reason() + " " + count, call.comparable());
            }
        }
    }
}
