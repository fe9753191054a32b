package org.dhcpcanon.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.dhcpcanon.client.Command;

/**
 * The same clients, where a caller below NetworkManager that does not say which connection it is for waits until that is found out: by it
 * the settings for one connection hold. On the loop thread.
 */
public final class InformedClients extends ForwardedClients {
    /** Milliseconds; NetworkManager answers in a few, unless it is waiting for a client that it ends. */
    private static final long PATIENCE = 1000;

    private record Pending(ClientRequest request, Caller caller) {}

    private final Mailbox mailbox;
    private final Function<String, CompletableFuture<Optional<ConnectionFacts>>> factsOf;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /** @param factsOf the connection of an interface; it may fail */
    public InformedClients(
            Clients clients, Mailbox mailbox, Function<String, CompletableFuture<Optional<ConnectionFacts>>> factsOf) {
        super(clients);
        this.mailbox = mailbox;
        this.factsOf = factsOf;
    }

    @Override
    public void start(ClientRequest request, Caller caller) throws AttachRefusedException {
        Pending older = pending.remove(request.interfaceName());
        if (older != null) {
            older.caller().exit(0);
        }
        if (!request.isForNetworkManager() || request.connection().isPresent()) {
            super.start(request, caller);
            return;
        }
        Pending asked = new Pending(request, caller);
        pending.put(request.interfaceName(), asked);
        var unused = factsOf.apply(request.interfaceName())
                .completeOnTimeout(Optional.empty(), PATIENCE, TimeUnit.MILLISECONDS)
                .whenComplete((found, failure) ->
                        mailbox.post(() -> begin(asked, failure == null ? found : Optional.empty())));
    }

    private void begin(Pending asked, Optional<ConnectionFacts> facts) {
        if (!pending.remove(asked.request().interfaceName(), asked)) {
            return;
        }
        try {
            super.start(facts.map(asked.request()::of).orElse(asked.request()), asked.caller());
        } catch (AttachRefusedException e) {
            asked.caller().message(String.valueOf(e.getMessage()));
            asked.caller().exit(1);
        }
    }

    private void forget(Caller caller) {
        pending.values().removeIf(asked -> asked.caller() == caller);
    }

    @Override
    public void callerEnded(Caller caller) {
        forget(caller);
        super.callerEnded(caller);
    }

    @Override
    public void conclude(Caller caller, Command command, Runnable concluded) {
        forget(caller);
        super.conclude(caller, command, concluded);
    }
}
