package org.dhcpcanon.nm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.client.SinkAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When NetworkManager is not there, hangs, or is given up. */
class NetworkManagerAwayTest extends SinkFixture {
    @ParameterizedTest
    @CsvSource({
        "BOUND,0,ACCEPTED",
        "BOUND,1,UNHEARD",
        "BOUND,2,UNHEARD",
        "BOUND,-1,UNHEARD",
        "BOUND,143,UNHEARD",
        "RENEW,1,UNHEARD",
        "REBIND,1,UNHEARD",
        "EXPIRE,1,UNHEARD",
        "EXPIRE,0,ACCEPTED"
    })
    void aStaleSocketLeavesTheScriptOfTheCaller(LeaseReason reason, int status, SinkAnswer expected) throws Exception {
        try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket));
        scriptStatus = status;
        assertEquals(expected, tell(reason));
        SortedMap<String, String> environment = scripts.get(0);
        assertEquals("veth0", environment.get("interface"));
        assertEquals("4711", environment.get("pid"));
        assertEquals(reason.name(), environment.get("reason"));
        assertEquals("192.0.2.4", environment.get("old_ip_address"));
        assertEquals("/usr/sbin:/sbin:/bin:/usr/sbin:/usr/bin", environment.get("PATH"));
        boolean lease = reason == LeaseReason.BOUND || reason == LeaseReason.RENEW || reason == LeaseReason.REBIND;
        assertEquals(lease ? "3600" : null, environment.get("new_dhcp_lease_time"));
    }

    @ParameterizedTest
    @CsvSource({"/usr/lib/NetworkManager/nm-dhcp-helper", "/usr/libexec/nm-dhcp-helper", "nm-dhcp-helper"})
    void theHelperThatCannotReachNetworkManagerEitherDoesNotRefuseTheLease(String helper) throws Exception {
        scriptStatus = 1;
        assertEquals(SinkAnswer.UNHEARD, tell(sink(SHORT, Optional.of(helper)), news(LeaseReason.BOUND)));
        assertEquals(1, scripts.size());
        scriptStatus = 0;
        assertEquals(SinkAnswer.ACCEPTED, tell(sink(SHORT, Optional.of(helper)), news(LeaseReason.BOUND)));
    }

    @Test
    void withoutSocketAndScriptTheNewsAreUnheard() throws Exception {
        assertEquals(SinkAnswer.UNHEARD, tell(sink(SHORT, Optional.empty()), news(LeaseReason.BOUND)));
    }

    @Test
    void aSocketThatAppearsLateIsFound() throws Exception {
        NetworkManagerSink sink = sink(LONG, Optional.empty());
        Thread late = new Thread(() -> {
            try {
                Thread.sleep(400);
                serve((conversation, call) -> conversation.answer(call));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        late.start();
        assertEquals(SinkAnswer.ACCEPTED, tell(sink, news(LeaseReason.BOUND)));
        late.join();
    }

    @Test
    void aHungNetworkManagerThatTakesConnectionsIsLeftInTime() throws Exception {
        managers.add(new FakeNetworkManager(socket, (conversation, call) -> {}, false));
        long start = System.nanoTime();
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
        assertEquals(1, scripts.size());
        assertTookLessThan(Duration.ofSeconds(2), start);
    }

    @Test
    void aNetworkManagerThatClosesSlowlyIsLeftInTime() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread slow = new Thread(() -> {
                try {
                    while (true) {
                        java.nio.channels.SocketChannel taken = server.accept();
                        Thread.sleep(400);
                        taken.close();
                    }
                } catch (Exception e) {
                    // The test is over.
                }
            });
            slow.start();
            long start = System.nanoTime();
            assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
            assertTookLessThan(Duration.ofMillis(1500), start);
        }
    }

    @Test
    void aHungNetworkManagerWithAFullQueueDoesNotHoldTheClientUp() throws Exception {
        List<java.nio.channels.SocketChannel> others = new ArrayList<>();
        try (ServerSocketChannel hung = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            hung.bind(UnixDomainSocketAddress.of(socket), 1);
            for (int i = 0; i < 2; i++) {
                others.add(java.nio.channels.SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            }
            assertEquals(SinkAnswer.UNHEARD, tell(LeaseReason.BOUND));
        }
        for (java.nio.channels.SocketChannel other : others) {
            other.close();
        }
    }

    private static void assertTookLessThan(Duration most, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(most) < 0, "took " + took);
    }

    @Test
    void aMistakeWhileSpeakingDoesNotLeaveTheClientWaitingForEver() throws Exception {
        serve((conversation, call) -> conversation.answer(call));
        Patience tooLong =
                new Patience(Duration.ofSeconds(1), Duration.ofSeconds(Long.MAX_VALUE / 2), Duration.ofSeconds(1));
        assertEquals(SinkAnswer.UNHEARD, tell(sink(tooLong, Optional.empty()), news(LeaseReason.BOUND)));
    }

    @Test
    void closeGivesUpACallThatIsHeld() throws Exception {
        serve((conversation, call) -> {});
        giveUp(() -> manager().heard.poll(5, TimeUnit.SECONDS));
    }

    @Test
    void closeGivesUpWaitingForTheSocket() throws Exception {
        giveUp(() -> Thread.sleep(150));
    }

    @Test
    void closeGivesUpOnAServerThatDoesNotAuthenticate() throws Exception {
        managers.add(new FakeNetworkManager(socket, (conversation, call) -> {}, false));
        giveUp(() -> Thread.sleep(300));
    }

    private interface Moment {
        void await() throws Exception;
    }

    private void giveUp(Moment moment) throws Exception {
        NetworkManagerSink sink = sink(LONG, Optional.of("/bin/true"));
        List<SinkAnswer> answers = new ArrayList<>();
        sink.tell(news(LeaseReason.BOUND), answers::add);
        moment.await();
        sink.close();
        workers.get(0).join(1000);
        assertFalse(workers.get(0).isAlive(), "still busy a second after close");
        for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
            task.run();
        }
        assertTrue(answers.isEmpty() && scripts.isEmpty(), "something was said after close");
    }
}
