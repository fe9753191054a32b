package org.dhcpcanon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.bus.PrivateBus;
import org.dhcpcanon.dbus.ErrorName;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The subcommands that talk with the service, on a bus of their own. */
@Timeout(60)
@Isolated
class ServiceCommandsIT {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private PrivateBus bus;
    private FakeService service;

    @BeforeEach
    void serve() throws Exception {
        bus = PrivateBus.open(directory);
        service = new FakeService(bus.address());
    }

    @AfterEach
    void end() throws Exception {
        service.close();
        bus.close();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command = Dhcpcanon.commandLine(Map.of("DBUS_SYSTEM_BUS_ADDRESS", bus.address()), arguments);
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private String shown(String... arguments) {
        assertEquals(0, run(arguments), err.toString());
        assertEquals("", err.toString());
        return out.toString();
    }

    private static Map<String, Variant<?>> expiringIn(int seconds) throws Exception {
        String uptime = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
        long now = (long) (Double.parseDouble(uptime) * 1_000_000);
        return Map.of("ExpiryTime", FakeService.moment(new UInt64(now + seconds * 1_000_000L)));
    }

    @Test
    void statusIsALineForEachInterface() throws Exception {
        service.add(1, "lo", expiringIn(57 * 60 + 30));
        service.add(2, "veth-long-name", Map.of("ExpiryTime", FakeService.moment(new UInt64(UInt64.MAX_BIG_VALUE))));
        service.add(3, "wlan0", Map.of("State", FakeService.text("selecting"), "Address", FakeService.text("")));
        assertEquals("""
                INTERFACE       STATE      ADDRESS       PROFILE  ROUTE     EXPIRES    NOTES
                lo              bound      192.0.2.1/24  strict   dhclient  in 57 min  2 warnings, 1 suppressed
                veth-long-name  bound      192.0.2.2/24  strict   dhclient  never      2 warnings, 1 suppressed
                wlan0           selecting  -             strict   dhclient  unknown    2 warnings, 1 suppressed
                """, shown("status"));
        assertEquals(2, shown("status", "lo").lines().count());
        assertTrue(shown("status", "--color=always").contains("\033[32mbound\033[0m"), out.toString());
    }

    @Test
    void detailsAreBelowTheLineAndCannotControlTheTerminal() {
        service.add(1, "lo", Map.of());
        String status = shown("status", "-v");
        assertTrue(status.contains("    warning: the settings are not used\n"), status);
        assertTrue(status.contains("    suppressed: host-name (12) from ?[31m/etc/x line 3\n"), status);
        assertTrue(status.contains("    dropped: 3 other server\n"), status);
        String all = shown("show", "lo");
        assertTrue(all.contains("    domain_name = a\"b?[2J\n"), all);
        assertTrue(all.contains("  server     192.0.2.254\n") && all.contains("  expires    unknown\n"), all);
        assertTrue(all.contains("  sent       2 messages\n"), all);
    }

    /** An older service, or a newer one. */
    @Test
    void whatTheServiceDoesNotSayIsUnknown() {
        service.objects.put(FakeService.client(1), Map.of("Interface", FakeService.text("lo")));
        service.objects.put(
                FakeService.ROOT,
                Map.of("Clients", new Variant<>(List.of(FakeService.client(1), FakeService.client(9)), "ao")));
        String line = shown("status").lines().toList().get(1);
        assertEquals(
                List.of("lo", "unknown", "unknown", "unknown", "unknown", "unknown"), List.of(line.split(" +", -1)));
        assertTrue(shown("show", "--json", "lo")
                .contains("\"version\":null,\"clients\":[{\"interface\":\"lo\",\"state\":null"));
    }

    @Test
    void moreInterfacesThanFitIntoAMessageAreShown() {
        for (int number = 1; number <= 200; number++) {
            String warning = "x".repeat(1000);
            service.add(number, "veth" + number, Map.of("Warnings", new Variant<>(List.of(warning), "as")));
        }
        assertEquals(201, shown("status").lines().count());
    }

    @Test
    void theJsonOfStatusAndShowIsTheOneThatIsDocumented() throws Exception {
        service.add(1, "lo", expiringIn(100));
        String json = shown("status", "--json").replaceAll("\"expires_in\":(100|9\\d)", "\"expires_in\":SOON");
        assertEquals(
                "{\"format\":1,\"running\":true,\"version\":\"1.2.3\",\"clients\":[{\"interface\":\"lo\",\"state\":\"bound\","
                        + "\"profile\":\"strict\",\"route\":\"dhclient\",\"address\":\"192.0.2.1\",\"prefix\":24,"
                        + "\"server\":\"192.0.2.254\",\"leased_in\":null,\"renewal_in\":null,\"rebinding_in\":null,"
                        + "\"expires_in\":SOON,\"never_expires\":false,\"warnings\":[\"the settings are not used\",\"another\"],"
                        + "\"suppressed\":[\"host-name (12) from \\u001b[31m/etc/x line 3\"],\"sent\":2,\"dropped\":{\"other_server\":3},"
                        + "\"options\":{\"domain_name\":\"a\\\"b\\u001b[2J\",\"subnet_mask\":\"255.255.255.0\"}}],\"guard\":null}\n",
                json);
        assertEquals(
                json, shown("show", "--json", "lo").replaceAll("\"expires_in\":(100|9\\d)", "\"expires_in\":SOON"));
    }

    @Test
    void aServiceThatDoesNotRunIsNotStartedAndServesNobody() {
        service.close();
        assertEquals("dhcpcanond is not running: no interface uses it\n", shown("status"));
        assertEquals(
                "{\"format\":1,\"running\":false,\"version\":null,\"clients\":[],\"guard\":null}\n",
                shown("status", "--json"));
        for (String subcommand : List.of("status", "show", "renew", "release", "stop")) {
            assertEquals(3, run(subcommand, "lo"), subcommand);
            assertEquals("dhcpcanon: dhcpcanond is not running: no interface uses it\n", err.toString());
        }
        assertEquals(5, run("reload"));
        assertEquals(
                "dhcpcanon: dhcpcanond is not running; it reads the settings whenever it starts\n", err.toString());
    }

    @Test
    void anInterfaceWithoutClientIsThreeAndTheOthersAreNamed() {
        service.add(1, "veth1", Map.of());
        assertEquals(3, run("show", "lo"));
        assertEquals("dhcpcanon: dhcpcanon does not run on lo; interfaces that it runs on: veth1\n", err.toString());
        assertEquals(3, run("renew", "no\u001bsuch"));
        assertEquals("dhcpcanon: there is no interface no?such\n", err.toString());
    }

    @Test
    void noBusIsFive() throws Exception {
        bus.kill();
        Files.delete(directory.resolve("bus"));
        for (String[] line : new String[][] {{"status"}, {"show", "lo"}, {"monitor"}, {"renew", "lo"}, {"reload"}}) {
            assertEquals(5, run(line), line[0]);
            assertTrue(
                    err.toString().startsWith("dhcpcanon: cannot reach the system bus at unix:path="), err.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "renew, Renew, lo asks the server for more time (192.0.2.1/24)",
        "release, Release, lo has given its address back (192.0.2.1/24)",
        "stop, Stop, lo has stopped (192.0.2.1/24)"
    })
    void anOrderIsAMethodOfTheClient(String subcommand, String member, String said) {
        service.add(1, "lo", Map.of());
        service.answers.put(member, "");
        assertEquals(said + "\n", shown(subcommand, "lo"));
        assertEquals(List.of(FakeService.client(1) + " org.dhcpcanon1.Client." + member), service.called);
    }

    @Test
    void connectionsAreAdoptedOneAfterTheOtherUntilOneCannotBe() {
        service.answers.put("Adopt", "");
        String line = "connection \"Home\" is adopted: IPv4 is dhcpcanon's whenever it is up\n";
        assertEquals(line + line.replace("Home", "Away"), shown("adopt", "Home", "Away"));
        service.answers.put("Unadopt", "org.dhcpcanon1.Error.NotSupported");
        assertEquals(1, run("unadopt", "Home", "Away"));
        assertEquals("dhcpcanon: not today\n", err.toString());
        String manager = FakeService.ROOT + " org.dhcpcanon1.Manager.";
        assertEquals(List.of(manager + "Adopt", manager + "Adopt", manager + "Unadopt"), service.called);
        assertEquals(2, run("adopt"));
        assertTrue(err.toString().contains("Usage: dhcpcanon adopt"), err.toString());
    }

    @Test
    void reloadIsAMethodOfTheManagerAndAMistakeIsShown() {
        service.answers.put("Reload", "");
        assertEquals("the settings are read; they hold for clients that begin from now on\n", shown("reload"));
        assertEquals(List.of(FakeService.ROOT + " org.dhcpcanon1.Manager.Reload"), service.called);
        service.answers.put("Reload", "org.dhcpcanon1.Error.BadSettings");
        assertEquals(1, run("reload"));
        assertEquals("dhcpcanon: not today\n", err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        ErrorName.ACCESS_DENIED + ", 4, not today; try it as root (sudo)",
        ErrorName.INTERACTIVE_AUTHORIZATION_REQUIRED + ", 4, not today; try it as root (sudo)",
        ErrorName.UNKNOWN_OBJECT + ", 3, not today; see dhcpcanon status",
        "org.dhcpcanon1.Error.NoClient, 3, not today; see dhcpcanon status",
        ErrorName.UNKNOWN_METHOD + ", 1, the running dhcpcanond cannot do this (not today)",
        ErrorName.NO_REPLY + ", 5, dhcpcanond has just ended",
        "org.dhcpcanon1.Error.Own, 1, not today"
    })
    void theStatusSaysWhatAnErrorMeans(String error, int status, String said) {
        service.add(1, "lo", Map.of());
        service.answers.put("Renew", error);
        assertEquals(status, run("renew", "lo"));
        assertTrue(err.toString().startsWith("dhcpcanon: " + said), err.toString());
    }

    private void await(String part) throws Exception {
        for (int i = 0; i < 500 && !out.toString().contains(part); i++) {
            Thread.sleep(10);
        }
        assertTrue(out.toString().contains(part), "never " + part + " in " + out + err);
    }

    @Test
    void monitorShowsWhatHappensUntilTheBusIsGone() throws Exception {
        service.add(1, "lo", Map.of());
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> run("monitor"));
        await("lo: is there, bound\n");
        service.changeState(1, "renewing", "bound");
        await("lo: renewing (was bound)\n");
        Map<String, Variant<?>> options =
                Map.of("ip_address", FakeService.text("192.0.2.1"), "dhcp_lease_time", FakeService.text("60"));
        service.emit(FakeService.client(1), "org.dhcpcanon1.Client", "Event", "sa{sv}", "RENEW", options);
        await("lo: RENEW 192.0.2.1 for 60 s\n");
        Map<String, Map<String, Variant<?>>> added = Map.of(
                "org.dhcpcanon1.Client",
                Map.of("Interface", FakeService.text("wlan0"), "State", FakeService.text("selecting")));
        service.announce("InterfacesAdded", "oa{sa{sv}}", FakeService.objectPath(2), added);
        await("wlan0: new client, selecting\n");
        service.announce("InterfacesRemoved", "oas", FakeService.objectPath(2), List.of("org.dhcpcanon1.Client"));
        await("wlan0: client gone\n");
        service.close();
        await("dhcpcanond is not running\n");
        service = new FakeService(bus.address());
        await("dhcpcanond has started\n");
        service.changeState(1, "bound", "rebooting");
        await("unknown: bound (was rebooting)\n");
        assertTrue(
                out.toString().lines().allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d(\\.\\d+)? .*")),
                out.toString());
        bus.kill();
        assertEquals(5, ended.get(10, TimeUnit.SECONDS));
    }

    @Test
    void monitorOfOneInterfaceInJsonIsAnObjectALine() throws Exception {
        service.add(1, "lo", Map.of());
        service.add(2, "wlan0", Map.of());
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> run("monitor", "--json", "wlan0"));
        await(
                "\"event\":\"present\",\"interface\":\"wlan0\",\"state\":\"bound\",\"before\":null,\"reason\":null,\"options\":{}}\n");
        service.changeState(1, "expired", "bound");
        service.changeState(2, "rebinding", "renewing");
        await("\"event\":\"state\",\"interface\":\"wlan0\",\"state\":\"rebinding\",\"before\":\"renewing\"");
        assertFalse(out.toString().contains("expired"), out.toString());
        assertEquals(2, out.toString().lines().count());
        bus.kill();
        assertEquals(5, ended.get(10, TimeUnit.SECONDS));
    }

    /** Anybody on the bus can send a signal that looks like the service's. */
    @Test
    void monitorDoesNotBelieveOthers() throws Exception {
        service.add(1, "lo", Map.of());
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> run("monitor"));
        await("lo: is there, bound\n");
        try (org.dhcpcanon.dbus.Bus liar =
                org.dhcpcanon.dbus.Bus.join(bus.address(), org.dhcpcanon.dbus.Listener.DEAF)) {
            liar.connection()
                    .emit(FakeService.client(1), "org.dhcpcanon1.Client", "StateChanged", "ss", "lied", "bound");
        }
        service.changeState(1, "renewing", "bound");
        await("lo: renewing (was bound)\n");
        assertFalse(out.toString().contains("lied"), out.toString());
        bus.kill();
        assertEquals(5, ended.get(10, TimeUnit.SECONDS));
    }
}
