package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.runtime.ClientRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shim hears of its client: no more than somebody wants to know. */
class ShimNewsTest extends DoorwayStage {
    private ShimDoorway doorway = new ShimDoorway(Path.of("/nonexistent"), 0, channels, clients, pid -> true);

    @BeforeEach
    void set() {
        doorway = doorway();
    }

    @Test
    void whoeverWaitsDoesNotWaitForEver() throws Exception {
        doorway.attach(shim(PID, "eth0").toString());
        doorway.attach(shim(PID + 1, "-d", "eth1").toString());
        doorway.attach(shim(PID + 2, "-d", "-1", "eth2").toString());
        assertEquals(
                List.of(OptionalLong.of(60), OptionalLong.empty(), OptionalLong.of(60)),
                clients.requests.stream().map(ClientRequest::failAfterSeconds).toList());
    }

    private List<String> told(String... arguments) throws Exception {
        doorway.attach(shim(PID, arguments).toString());
        Lease lease = LeaseReader.read(Replies.ack(1, 3600), Replies.asking(1, 3), 5, 0);
        clients.caller().received(Replies.ack(1, 3600), Ipv4.of(192, 0, 2, 1));
        clients.caller().bound(lease, 1800);
        clients.caller().failed();
        return channels.last().sent;
    }

    @Test
    void networkManagersShimIsNotWokenForNothing() throws Exception {
        assertEquals(List.of(), told("-d", "-q", "eth0"));
    }

    @Test
    void aShimThatSomebodyWaitsForHearsHowItWent() throws Exception {
        assertEquals(List.of("bound", "failed"), told("eth0"));
    }

    @Test
    void aUserSeesWhatHappensInTheWordsOfDhclient() throws Exception {
        List<String> told = told("-v", "eth0");
        assertTrue(told.get(0).matches("tell DHCPACK of [0-9.]+ from 192\\.0\\.2\\.1"), told.get(0));
        assertTrue(told.get(1).matches("tell bound to [0-9.]+ -- renewal in 1800 seconds\\."), told.get(1));
        assertEquals(List.of("bound", "tell No DHCPOFFERS received.", "failed"), told.subList(2, told.size()));
    }

    @ParameterizedTest
    @CsvSource({"release, RELEASE", "stop, STOP"})
    void aShimWithAServiceOfItsOwnEndsItsClient(String line, String command) throws Exception {
        doorway.attach(shim(PID, "-d", "eth0").toString());
        channels.last().listener.line(line);
        assertEquals(List.of("start eth0", "conclude 0 " + command), clients.events);
        List<String> sent = channels.last().sent;
        assertEquals("exit 0", sent.get(sent.size() - 1));
    }
}
