package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.ClientRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandingClientsTest {
    @TempDir
    private Path run;

    private final FakeClients clients = new FakeClients();
    private Path base;
    private StandingClients standing;

    @BeforeEach
    void begin() {
        base = run.resolve("standing");
        standing = new StandingClients(base, clients);
    }

    @Test
    void oneThatIsNotStoppedGoesOnInTheNextServiceWithItsLease() throws Exception {
        standing.start("eth0");
        assertEquals("bus", clients.requests.get(0).route());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve("eth0"))));
        Lease lease = LeaseReader.read(Replies.ack(1, 3600), Replies.asking(1, 3), 5, 0);
        clients.caller().store().remember(lease);

        FakeClients next = new FakeClients();
        new StandingClients(base, next).resume();
        assertEquals(List.of("start eth0"), next.events());
        assertEquals(Optional.of(lease), next.caller().store().recall());
    }

    @Test
    void oneThatWasStoppedOrSupersededIsForgotten() throws Exception {
        standing.start("eth0");
        clients.caller().exit(0);
        assertFalse(Files.exists(base.resolve("eth0")));
        new StandingClients(base, clients).resume();
        assertEquals(List.of("start eth0"), clients.events());
    }

    @Test
    void oneWhoseInterfaceIsGoneIsForgottenAndTheOthersGoOn() throws Exception {
        standing.start("eth0");
        clients.refusing = true;
        new StandingClients(base, clients).resume();
        assertFalse(Files.exists(base.resolve("eth0")));
    }

    @Test
    void oneThatGoesWithAConnectionEndsWithIt() throws Exception {
        var unused = standing.start(ofConnection());
        assertEquals("reapply", clients.requests.get(0).route());
        standing.end("eth1", false);
        standing.end("eth0", false);
        standing.end("eth0", false);
        assertEquals(List.of("start eth0", "ended 0"), clients.events());
        assertFalse(Files.exists(base.resolve("eth0")));
        unused = standing.start(ofConnection());
        standing.end("eth0", true);
        assertEquals("conclude 1 RELEASE", clients.events().get(3));
        assertFalse(Files.exists(base.resolve("eth0")));
    }

    @Test
    void leasesOfConnectionsThatEndedMeanwhileAreForgotten() throws Exception {
        standing.start("eth0");
        standing.start("eth1");
        new StandingClients(base, clients).keep(Set.of("eth1"));
        assertFalse(Files.exists(base.resolve("eth0")));
        assertTrue(Files.exists(base.resolve("eth1")));
    }

    private static ClientRequest ofConnection() {
        return new ClientRequest(
                "eth0",
                0,
                "reapply",
                Optional.of("u-1"),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                List.of(),
                List.of());
    }

    @Test
    void withoutAnyNothingIsMade() {
        standing.resume();
        assertFalse(Files.exists(base));
    }

    @Test
    void itRunsNoScript() throws Exception {
        standing.start("eth0");
        int[] answer = {0};
        clients.caller().scripts().run(new java.util.TreeMap<>(), status -> answer[0] = status);
        assertEquals(-1, answer[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../etc", "a/b", "a b", "sixteen-letters!"})
    void whatNoInterfaceCanBeCalledIsRefused(String name) {
        AttachRefusedException refused = assertThrows(AttachRefusedException.class, () -> standing.start(name));
        assertEquals(AttachRefusedException.Kind.NO_INTERFACE, refused.kind());
        assertTrue(clients.events().isEmpty());
        assertFalse(Files.exists(base));
    }
}
