package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.client.SinkAnswer;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.LeaseNews;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptSinkTest {
    private static final SortedMap<String, String> LEASE = new TreeMap<>(Map.of(
            "ip_address", "192.0.2.5", "dhcp_client_identifier", "01:02:00:00:00:00:01", "requested_routers", "1"));

    private final LinkedBlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
    private final List<SortedMap<String, String>> runs = new ArrayList<>();
    private final List<IntConsumer> statuses = new ArrayList<>();
    private final List<SinkAnswer> answers = new ArrayList<>();

    private static ClientRequest request() {
        return new ClientRequest(
                "eth0",
                4711,
                "dhclient",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                List.of(),
                List.of());
    }

    private ScriptSink sink(long patience) {
        return new ScriptSink(
                request(),
                (environment, status) -> {
                    runs.add(environment);
                    statuses.add(status);
                },
                loop::add,
                patience);
    }

    private ScriptSink tell(LeaseNews news, long patience) {
        ScriptSink sink = sink(patience);
        sink.tell(news, answers::add);
        return sink;
    }

    private void turn() throws InterruptedException {
        Runnable task = loop.poll(10, TimeUnit.SECONDS);
        assertNotNull(task, "nothing was posted");
        task.run();
    }

    private SinkAnswer answer(LeaseReason reason, int status) throws InterruptedException {
        tell(new LeaseNews(reason, LEASE, LeaseNews.NOTHING), 60);
        statuses.get(0).accept(status);
        assertEquals(List.of(), answers, "answered before the loop's turn");
        turn();
        return answers.get(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"BOUND", "RENEW", "REBIND", "REBOOT"})
    void aScriptThatFailsRefusesTheAddress(LeaseReason reason) throws InterruptedException {
        assertEquals(SinkAnswer.REFUSED, answer(reason, 1));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BOUND", "RENEW", "REBIND", "REBOOT"})
    void whatBringsNoLeaseCannotBeRefused(LeaseReason reason) throws InterruptedException {
        assertEquals(SinkAnswer.UNHEARD, answer(reason, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "0, ACCEPTED",
        "2, REFUSED",
        "125, REFUSED",
        "126, UNHEARD",
        "127, UNHEARD",
        "137, UNHEARD",
        "-1, UNHEARD"
    })
    void theStatusSaysWhetherTheAddressIsGood(int status, SinkAnswer expected) throws InterruptedException {
        assertEquals(expected, answer(LeaseReason.BOUND, status));
    }

    @Test
    void aScriptThatDoesNotEndIsNotWaitedForForEver() throws InterruptedException {
        tell(new LeaseNews(LeaseReason.BOUND, LEASE, LeaseNews.NOTHING), 0);
        turn();
        assertEquals(List.of(SinkAnswer.UNHEARD), answers);
        statuses.get(0).accept(1);
        assertTrue(loop.isEmpty());
    }

    @Test
    void afterItsEndNothingIsAnswered() throws InterruptedException {
        ScriptSink sink = tell(new LeaseNews(LeaseReason.BOUND, LEASE, LeaseNews.NOTHING), 60);
        sink.close();
        statuses.get(0).accept(0);
        turn();
        assertEquals(List.of(), answers);
    }

    @Test
    void afterALeaseIsOverTheInterfaceIsMadeReadyAgain() throws InterruptedException {
        tell(new LeaseNews(LeaseReason.EXPIRE, LeaseNews.NOTHING, LEASE), 60);
        assertEquals(List.of("EXPIRE"), reasons());
        statuses.get(0).accept(0);
        turn();
        assertEquals(List.of("EXPIRE", "PREINIT"), reasons());
        assertEquals(List.of(SinkAnswer.ACCEPTED), answers);
        assertEquals(variables("PREINIT", Map.of()), runs.get(1));
    }

    @Test
    void theScriptIsToldTheNameThatItsCommandsNeed() throws InterruptedException {
        ScriptSink sink = tell(new LeaseNews(LeaseReason.EXPIRE, LeaseNews.NOTHING, LEASE), 60);
        sink.renamed("lan0");
        statuses.get(0).accept(0);
        turn();
        assertEquals(
                List.of("eth0", "lan0"),
                runs.stream().map(run -> run.get("interface")).toList());
    }

    private List<String> reasons() {
        return runs.stream().map(run -> run.get("reason")).toList();
    }

    private static SortedMap<String, String> variables(String reason, Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(more);
        all.put("reason", reason);
        all.put("interface", "eth0");
        all.put("pid", "4711");
        all.put("dad_wait_time", "0");
        all.put("PATH", "/usr/sbin:/sbin:/bin:/usr/sbin:/usr/bin");
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "BOUND, new_ip_address old_ip_address requested_routers",
        "RENEW, new_ip_address old_ip_address requested_routers",
        "REBIND, new_ip_address old_ip_address requested_routers",
        "REBOOT, new_ip_address requested_routers",
        "STOP, new_ip_address old_ip_address requested_routers",
        "RELEASE, new_ip_address old_ip_address requested_routers",
        "EXPIRE, new_ip_address old_ip_address requested_routers",
        "PREINIT, new_ip_address old_ip_address",
        "FAIL, new_ip_address old_ip_address",
        "V6ONLY, new_ip_address old_ip_address"
    })
    void theScriptGetsWhatDhclientWouldGiveIt(LeaseReason reason, String names) {
        Map<String, String> more = new TreeMap<>();
        for (String name : names.split(" ", -1)) {
            more.put(name, name.startsWith("requested_") ? "1" : "192.0.2.5");
        }
        tell(new LeaseNews(reason, LEASE, LEASE), 60);
        assertEquals(List.of(variables(reason.name(), more)), runs);
    }
}
