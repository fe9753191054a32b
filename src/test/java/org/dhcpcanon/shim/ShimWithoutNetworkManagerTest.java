package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dhcpcanon.runtime.LeaseEntries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers get who are not NetworkManager: a script that hears of the end, and a lease file. */
class ShimWithoutNetworkManagerTest extends DoorwayStage {
    @Test
    void aStopRunEndsTheClientOfItsInterfaceThoughNoPidFileNamesIt() throws Exception {
        doorway().attach(shim(PID, "-x", "eth0").toString());
        assertEquals(List.of("stop eth0"), clients.events);
        assertEquals(List.of("run 1 env.1"), channels.last().sent);
        channels.last().listener.line("1 3");
        assertEquals(List.of("run 1 env.1", "exit 0"), channels.last().sent);
    }

    @Test
    void theScriptOfAReleaseRunHearsWhatWasReleasedBeforeItsShimEnds() throws Exception {
        clients.held = new TreeMap<>(Map.of("ip_address", "192.0.2.5", "requested_routers", "1"));
        Path directory = shim(PID, "-r", "-e", "METRIC=7", "eth0");
        doorway().attach(directory.toString());
        assertEquals(List.of("run 1 env.1"), channels.last().sent);
        assertEquals(
                List.of(
                        "METRIC='7'",
                        "PATH='/usr/sbin:/sbin:/bin:/usr/sbin:/usr/bin'",
                        "dad_wait_time='0'",
                        "interface='eth0'",
                        "old_ip_address='192.0.2.5'",
                        "pid='4711'",
                        "reason='RELEASE'",
                        "requested_routers='1'"),
                Files.readAllLines(directory.resolve("env.1")));
        channels.last().listener.line("1 1");
        assertEquals(List.of("run 1 env.1", "exit 0"), channels.last().sent);
    }

    private List<String> sent(String conf, String... arguments) throws Exception {
        Path file = Files.writeString(base.resolve("conf"), conf);
        List<String> all = new ArrayList<>(List.of("-cf", file.toString()));
        all.addAll(List.of(arguments));
        doorway().attach(shim(PID, all.toArray(String[]::new)).toString());
        if (!clients.callers.isEmpty()) {
            clients.caller().scripts().run(new TreeMap<>(), status -> {});
            clients.caller().scripts().run(new TreeMap<>(), status -> {});
        }
        return channels.last().sent;
    }

    @Test
    void theScriptThatTheFileNamesIsRun() throws Exception {
        assertEquals(
                List.of("script /b c", "run 1 env.1", "run 2 env.2"),
                sent("script \"/a\"; interface \"eth0\" { script \"/b c\"; }", "-sf", "/s", "eth0"));
    }

    @Test
    void theScriptThatTheFileNamesHearsOfTheEndToo() throws Exception {
        assertEquals(List.of("script /a", "run 1 env.1"), sent("script \"/a\";", "-x", "-sf", "/s", "eth0"));
    }

    @ParameterizedTest
    @CsvSource({"/x/nm-dhcp-helper, /l/leases", "/x/helper, /l/dhclient-11111111-2222-3333-4444-555555555555-eth0.lease"
    })
    void networkManagerHearsOfALeaseThroughItsOwn(String script, String leases) throws Exception {
        assertEquals(
                List.of("run 1 env.1", "run 2 env.2"), sent("script \"/a\";", "-sf", script, "-lf", leases, "eth0"));
        assertEquals(script, clients.requests.get(0).script().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "/a\u007f", "/a\nrun 9 env.9"})
    void noOtherScriptIsNamedThanAPathOnOneLine(String path) throws Exception {
        assertEquals(List.of("run 1 env.1", "run 2 env.2"), sent("script \"" + path + "\";", "-sf", "/s", "eth0"));
    }

    @Test
    void noScriptIsNamedThatDoesNotFitIntoALine() throws Exception {
        assertEquals(List.of("run 1 env.1", "run 2 env.2"), sent("script \"/" + "a".repeat(1000) + "\";", "eth0"));
    }

    @Test
    void aReleaseEmptiesTheLeaseFileAndAStopDoesNot() throws Exception {
        clients.held = new TreeMap<>(Map.of("ip_address", "192.0.2.5"));
        Path directory = shim(PID, "-r", "-lf", "/l/leases", "eth0");
        doorway().attach(directory.toString());
        channels.last().listener.line("1 0");
        assertEquals(List.of("run 1 env.1", "lease replace entry.2", "exit 0"), channels.last().sent);
        assertEquals("", Files.readString(directory.resolve("entry.2")));
        doorway().attach(shim(4712, "-x", "-lf", "/l/leases", "eth0").toString());
        channels.last().listener.line("1 0");
        assertEquals(List.of("run 1 env.1", "exit 0"), channels.last().sent);
    }

    @Test
    void aLeaseIsShownInLinesThatAShellCouldRead() throws Exception {
        clients.held = new TreeMap<>(Map.of(
                "domain_name",
                "it's $(id)",
                "ip_address",
                "192.0.2.5",
                "requested_routers",
                "1",
                "subnet_mask",
                "255.255.255.0"));
        doorway().attach(shim(PID, "--dump", "eth0").toString());
        assertEquals(
                List.of(
                        "print reason=BOUND",
                        "print interface=eth0",
                        "print protocol=dhcp",
                        "print domain_name='it'\\''s $(id)'",
                        "print ip_address=192.0.2.5",
                        "print subnet_mask=255.255.255.0",
                        "print subnet_cidr=24",
                        "exit 0"),
                channels.last().sent);
        clients.held = new TreeMap<>();
        doorway().attach(shim(4712, "--dump", "eth0").toString());
        assertEquals(List.of("exit 1"), channels.last().sent);
    }

    @Test
    void aRenewalIsAskedForAndItIsSaidIfThereIsNothingToRenew() throws Exception {
        clients.held = new TreeMap<>(Map.of("ip_address", "192.0.2.5"));
        doorway().attach(shim(PID, "--renew", "eth0").toString());
        assertEquals(List.of("renew eth0"), clients.events);
        assertEquals(List.of("exit 0"), channels.last().sent);
        clients.held = new TreeMap<>();
        doorway().attach(shim(4712, "--renew", "eth0").toString());
        assertEquals(List.of("message there is nothing to renew on eth0", "exit 1"), channels.last().sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-r", "-x"})
    void networkManagersHelperIsNotRunForAnEnd(String flag) throws Exception {
        clients.held = new TreeMap<>(Map.of("ip_address", "192.0.2.5"));
        doorway().attach(shim(PID, flag, "-sf", "/x/nm-dhcp-helper", "eth0").toString());
        assertEquals(List.of("exit 0"), channels.last().sent);
    }

    @Test
    void theLeaseFileIsReplacedFirstAndAppendedToThen() throws Exception {
        doorway().attach(shim(PID, "-lf", "/l/leases", "eth0").toString());
        for (int i = 0; i < 22; i++) {
            clients.caller().record(LeaseEntries.simple());
        }
        List<String> sent = channels.last().sent;
        assertEquals(List.of("lease replace entry.1", "lease append entry.2"), sent.subList(0, 2));
        assertEquals(List.of("lease append entry.21", "lease replace entry.22"), sent.subList(20, 22));
        Path entry = base.resolve("shim.4711/entry.22");
        assertEquals(LeaseEntries.simple().text(), Files.readString(entry));
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(entry));
        channels.last().listener.ended();
        assertFalse(Files.exists(base.resolve("shim.4711")));
    }

    @Test
    void noLeaseFileIsWrittenForNetworkManagerOrWithoutItsName() throws Exception {
        doorway().attach(shim(PID, "eth0").toString());
        clients.caller().record(LeaseEntries.simple());
        assertEquals(List.of(), channels.last().sent);
        doorway()
                .attach(shim(4712, "-lf", "/l/leases", "-sf", "/x/nm-dhcp-helper", "eth0")
                        .toString());
        clients.caller().record(LeaseEntries.simple());
        assertEquals(List.of(), channels.last().sent);
        assertFalse(Files.exists(base.resolve("shim.4712/entry.1")));
    }
}
