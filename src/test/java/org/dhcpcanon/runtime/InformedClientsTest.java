package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.dhcpcanon.client.Command;
import org.dhcpcanon.packet.Prefix;
import org.junit.jupiter.api.Test;

/** Callers below NetworkManager that do not say which connection they are for. */
class InformedClientsTest {
    private final Map<String, CompletableFuture<Optional<ConnectionFacts>>> questions = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private final Clients clients = new InformedClients(new Recorded(), Runnable::run, this::ask);
    private boolean refusing;

    private CompletableFuture<Optional<ConnectionFacts>> ask(String interfaceName) {
        return questions.computeIfAbsent(interfaceName, name -> new CompletableFuture<>());
    }

    private static ClientRequest request(Optional<String> connection, String script) {
        return new ClientRequest(
                "eth0",
                1,
                "dhcpcd",
                connection,
                Optional.of(script),
                List.of(),
                OptionalLong.empty(),
                List.of(),
                List.of());
    }

    private static ClientRequest unsaid() {
        return request(Optional.empty(), "/usr/libexec/nm-dhcp-helper");
    }

    private void answer(String uuid) {
        List<Prefix> rejected = List.of(Prefix.parse("192.0.2.0/24").orElseThrow());
        ask("eth0").complete(Optional.of(new ConnectionFacts(uuid, rejected, OptionalLong.of(91))));
    }

    @Test
    void theConnectionIsFoundOutFirst() throws Exception {
        clients.start(unsaid(), new Named("a"));
        assertTrue(events.isEmpty());
        answer("u-1");
        assertEquals(List.of("start a u-1 [192.0.2.0/24] 91"), events);
    }

    @Test
    void whereItCannotBeFoundOutTheClientRunsAllTheSame() throws Exception {
        clients.start(unsaid(), new Named("a"));
        ask("eth0").completeExceptionally(new IllegalStateException("no bus"));
        assertEquals(List.of("start a -"), events);
    }

    @Test
    void whoSaysItOrIsNotOfNetworkManagerDoesNotWait() throws Exception {
        clients.start(request(Optional.of("u-2"), "/usr/libexec/nm-dhcp-helper"), new Named("a"));
        clients.start(request(Optional.empty(), "/sbin/dhclient-script"), new Named("b"));
        assertEquals(List.of("start a u-2", "start b -"), events);
        assertTrue(questions.isEmpty());
    }

    @Test
    void oneThatEndsMeanwhileIsNotStarted() throws Exception {
        Named caller = new Named("a");
        clients.start(unsaid(), caller);
        clients.callerEnded(caller);
        answer("u-1");
        assertEquals(List.of("ended a"), events);
    }

    @Test
    void theNewestOfAnInterfaceWins() throws Exception {
        clients.start(unsaid(), new Named("a"));
        clients.start(unsaid(), new Named("b"));
        answer("u-1");
        assertEquals(List.of("exit a 0", "start b u-1 [192.0.2.0/24] 91"), events);
    }

    @Test
    void aRefusalEndsTheCallerWhoDoesNotWaitForItAnyMore() throws Exception {
        refusing = true;
        clients.start(unsaid(), new Named("a"));
        answer("u-1");
        assertEquals(List.of("message a no such interface", "exit a 1"), events);
    }

    @Test
    void orderOfOthersPassThrough() {
        assertEquals(Control.Outcome.NO_LEASE, clients.renew("eth0"));
        assertTrue(clients.held("eth0").isEmpty());
        assertTrue(clients.stop("eth0").isEmpty());
        assertTrue(clients.release("eth0").isEmpty());
        clients.conclude(new Named("a"), Command.STOP, () -> events.add("concluded"));
        assertEquals(List.of("renew", "stop", "release", "concluded"), events);
    }

    private final class Recorded implements Clients {
        @Override
        public void start(ClientRequest request, Caller caller) throws AttachRefusedException {
            if (refusing) {
                throw new AttachRefusedException(AttachRefusedException.Kind.NO_INTERFACE, "no such interface");
            }
            String facts = request.rejected().isEmpty()
                    ? ""
                    : " " + request.rejected() + " "
                            + request.failAfterSeconds().orElseThrow();
            events.add("start " + caller + " " + request.connection().orElse("-") + facts);
        }

        @Override
        public void callerEnded(Caller caller) {
            events.add("ended " + caller);
        }

        @Override
        public SortedMap<String, String> release(String interfaceName) {
            events.add("release");
            return new TreeMap<>();
        }

        @Override
        public SortedMap<String, String> stop(String interfaceName) {
            events.add("stop");
            return new TreeMap<>();
        }

        @Override
        public Control.Outcome renew(String interfaceName) {
            events.add("renew");
            return Control.Outcome.NO_LEASE;
        }

        @Override
        public SortedMap<String, String> held(String interfaceName) {
            return new TreeMap<>();
        }

        @Override
        public void conclude(Caller caller, Command command, Runnable concluded) {
            concluded.run();
        }
    }

    private final class Named implements Caller {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void exit(int code) {
            events.add("exit " + name + " " + code);
        }

        @Override
        public void message(String text) {
            events.add("message " + name + " " + text);
        }

        @Override
        public ScriptRunner scripts() {
            return (environment, status) -> status.accept(-1);
        }

        @Override
        public LeaseStore store() {
            return LeaseStore.NONE;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
