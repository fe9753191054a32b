package org.dhcpcanon.nm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.runtime.LeaseNews;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What NetworkManager is told, and what its answers mean. */
class NetworkManagerSinkTest extends SinkFixture {
    @Test
    void aLeaseIsOneNotifyWithEveryValueInOctetsAndWithoutNul() throws Exception {
        serve((conversation, call) -> conversation.answer(call));
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
        Message call = manager().heard.take();
        assertTrue(manager().heard.isEmpty(), "more than one message");
        assertEquals("/org/freedesktop/nm_dhcp_server", call.getPath());
        assertEquals("org.freedesktop.nm_dhcp_server", call.getInterface());
        assertEquals("Notify", call.getName());
        assertEquals("a{sv}", call.getSig());
        assertNull(call.getDestination(), "a peer has no bus names");
        assertEquals(
                Map.of(
                        "interface", "ay:veth0",
                        "pid", "ay:4711",
                        "reason", "ay:BOUND",
                        "new_ip_address", "ay:192.0.2.5",
                        "new_dhcp_lease_time", "ay:3600",
                        "new_domain_name_servers", "ay:192.0.2.1 192.0.2.2"),
                readable(call));
        assertFalse(manager().greetings.contains("NEGOTIATE_UNIX_FD"), "asked for descriptors");
    }

    private static Map<String, String> readable(Message message) throws Exception {
        Map<String, String> readable = new TreeMap<>();
        ((Map<?, ?>) message.getParameters()[0]).forEach((key, value) -> {
            Variant<?> variant = (Variant<?>) value;
            List<?> octets = (List<?>) variant.getValue();
            byte[] bytes = new byte[octets.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (Byte) octets.get(i);
            }
            readable.put((String) key, variant.getSig() + ":" + new String(bytes, StandardCharsets.UTF_8));
        });
        return readable;
    }

    @Test
    void theEndOfALeaseCarriesNoOptions() throws Exception {
        serve((conversation, call) -> conversation.answer(call));
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.EXPIRE));
        assertEquals(
                Map.of("interface", "ay:veth0", "pid", "ay:4711", "reason", "ay:EXPIRE"),
                readable(manager().heard.take()));
    }

    /** It has no word for a network that is for IPv6. */
    @Test
    void aNetworkForIpv6IsAFailure() throws Exception {
        serve((conversation, call) -> conversation.answer(call));
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.V6ONLY));
        assertEquals(
                Map.of("interface", "ay:veth0", "pid", "ay:4711", "reason", "ay:FAIL"),
                readable(manager().heard.take()));
    }

    @Test
    void preinitIsAcceptedWithoutASocket() throws Exception {
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.PREINIT));
        assertTrue(workers.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"ip_address", "dhcp_lease_time"})
    void aLeaseThatWouldLeaveTheInterfaceWithoutAddressIsNotSent(String missing) throws Exception {
        serve((conversation, call) -> conversation.answer(call));
        SortedMap<String, String> options = new TreeMap<>(OPTIONS);
        options.remove(missing);
        LeaseNews incomplete = new LeaseNews(LeaseReason.RENEW, options, new TreeMap<>());
        assertEquals(SinkAnswer.UNHEARD, tell(sink(SHORT, Optional.empty()), incomplete));
        assertTrue(manager().heard.isEmpty());
    }

    @Test
    void anAnswerMayTakeItsTime() throws Exception {
        serve((conversation, call) -> {
            Thread.sleep(400);
            conversation.answer(call);
        });
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
    }

    @Test
    void withoutAnAnswerTheNewsAreUnheardAndTheConnectionIsClosed() throws Exception {
        serve((conversation, call) -> {});
        assertEquals(SinkAnswer.UNHEARD, tell(LeaseReason.BOUND));
        assertNotNull(manager().ended.poll(2, TimeUnit.SECONDS), "the connection stayed open");
        assertTrue(scripts.isEmpty(), "the script was run though NetworkManager was spoken to");
    }

    @ParameterizedTest
    @CsvSource({"BOUND,REFUSED", "RENEW,REFUSED", "REBIND,REFUSED", "EXPIRE,UNHEARD", "FAIL,UNHEARD"})
    void anAddressConflictRefusesTheLease(LeaseReason reason, SinkAnswer expected) throws Exception {
        serve((conversation, call) -> conversation.refuse(call, FAILED, "ACD failed"));
        assertEquals(expected, tell(reason));
    }

    @ParameterizedTest
    @CsvSource({"BOUND", "RENEW", "REBIND"})
    void beingStoppedWhileNewsAreHeldIsNoConflict(LeaseReason reason) throws Exception {
        serve((conversation, call) -> conversation.refuse(call, FAILED, "dhcp stopping"));
        assertEquals(SinkAnswer.UNHEARD, tell(reason));
    }

    @Test
    void aConflictIsNotToldToAClientThatIsEndedAMomentLater() throws Exception {
        serve((conversation, call) -> conversation.refuse(call, FAILED, "words of another version"));
        NetworkManagerSink sink = sink(SHORT, Optional.empty());
        List<SinkAnswer> answers = new ArrayList<>();
        sink.tell(news(LeaseReason.BOUND), answers::add);
        assertNotNull(manager().ended.poll(2, TimeUnit.SECONDS));
        Runnable early = loop.poll(50, TimeUnit.MILLISECONDS);
        assertNull(early, "no time to end the client");
        sink.close();
        Objects.requireNonNull(loop.poll(2, TimeUnit.SECONDS)).run();
        assertTrue(answers.isEmpty(), "a good address was refused");
    }

    @Test
    void anyOtherErrorLeavesTheLeaseAlone() throws Exception {
        serve((conversation, call) -> conversation.refuse(call, "org.freedesktop.DBus.Error.AccessDenied", "no"));
        assertEquals(SinkAnswer.UNHEARD, tell(LeaseReason.BOUND));
        assertTrue(scripts.isEmpty());
    }

    @Test
    void anOldNetworkManagerGetsTheSignal() throws Exception {
        serve((conversation, message) -> {
            if ("Notify".equals(message.getName())) {
                conversation.refuse(message, UNKNOWN_METHOD, "no such method");
            }
        });
        assertEquals(SinkAnswer.ACCEPTED, tell(LeaseReason.BOUND));
        Message last = manager().heard.take();
        while ("Notify".equals(last.getName())) {
            last = Objects.requireNonNull(manager().heard.poll(2, TimeUnit.SECONDS), "no signal");
        }
        assertEquals("/", last.getPath());
        assertEquals("org.freedesktop.nm_dhcp_client", last.getInterface());
        assertEquals("Event", last.getName());
        assertEquals("ay:192.0.2.5", readable(last).get("new_ip_address"));
    }

    @Test
    void aMethodThatAppearsAMomentLaterIsUsed() throws Exception {
        serve((conversation, call) -> {
            if (manager().heard.size() < 3) {
                conversation.refuse(call, UNKNOWN_METHOD, "not yet");
            } else {
                conversation.answer(call);
            }
        });
        assertEquals(SinkAnswer.ACCEPTED, tell(sink(LONG, Optional.empty()), news(LeaseReason.BOUND)));
        assertTrue(manager().heard.stream().allMatch(call -> "Notify".equals(call.getName())));
    }

    @Test
    void aServerThatClosesInsteadOfAnsweringLeavesTheNewsUnheardAtOnce() throws Exception {
        serve((conversation, call) -> conversation.channel.close());
        assertEquals(SinkAnswer.UNHEARD, tell(sink(LONG, Optional.empty()), news(LeaseReason.BOUND)));
    }

    @Test
    void garbageInsteadOfAnAnswerLeavesTheNewsUnheard() throws Exception {
        serve((conversation, call) -> conversation.channel.write(java.nio.ByteBuffer.wrap(new byte[64])));
        assertEquals(SinkAnswer.UNHEARD, tell(sink(LONG, Optional.empty()), news(LeaseReason.BOUND)));
    }
}
