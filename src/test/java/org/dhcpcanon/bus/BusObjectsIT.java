package org.dhcpcanon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.runtime.LeaseNews;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real clients of the bus see. */
@Timeout(60)
@Isolated
class BusObjectsIT extends BusFixture {
    @Test
    void treeShowsEveryNodeDownFromTheRoot() throws Exception {
        show(view(7, "selecting", Map.of()));
        assertEquals(
                List.of(
                        "/",
                        "/org",
                        ROOT,
                        ROOT + "/Client",
                        ROOT + "/Client/7",
                        ROOT + "/DHCP4Config",
                        ROOT + "/DHCP4Config/7"),
                bus.busctl("tree", "--list", NAME).out().lines().toList());
    }

    @Test
    void propertiesHaveTheClientsValues() throws Exception {
        show(view(7, "bound", options(7)));
        String client = ROOT + "/Client/7";
        assertEquals("s \"veth7\"", get(client, CLIENT, "Interface"));
        assertEquals("s \"bound\"", get(client, CLIENT, "State"));
        assertEquals("s \"192.0.2.7\"", get(client, CLIENT, "Address"));
        assertEquals("s \"192.0.2.1\"", get(client, CLIENT, "ServerIdentifier"));
        assertEquals("as 1 \"host-name (12)\"", get(client, CLIENT, "Suppressed"));
        assertEquals("t 2", get(client, CLIENT, "Sent"));
        assertEquals("a{st} 1 \"other_server\" 3", get(client, CLIENT, "Dropped"));
        assertEquals("o \"" + ROOT + "/DHCP4Config/7\"", get(client, CLIENT, "Lease"));
        assertEquals(
                "a{sv} 2 \"dhcp_lease_time\" s \"3600\" \"ip_address\" s \"192.0.2.7\"",
                get(ROOT + "/DHCP4Config/7", CONFIG, "Options"));
        assertEquals("s \"1.2.3\"", get(ROOT, MANAGER, "Version"));
        assertEquals("ao 1 \"" + client + "\"", get(ROOT, MANAGER, "Clients"));
    }

    @Test
    void aClientWithoutLeaseHasNoLeaseObjectAndNoOptions() throws Exception {
        show(view(3, "selecting", Map.of()));
        assertEquals("o \"/\"", get(ROOT + "/Client/3", CLIENT, "Lease"));
        assertEquals("s \"\"", get(ROOT + "/Client/3", CLIENT, "Address"));
        assertEquals("a{st} 0", get(ROOT + "/Client/3", CLIENT, "Dropped"));
        assertEquals("a{sv} 0", get(ROOT + "/DHCP4Config/3", CONFIG, "Options"));
    }

    @Test
    void managedObjectsAreThoseOfAllClients() throws Exception {
        String[] call = {"call", NAME, ROOT, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects"};
        assertEquals("a{oa{sa{sv}}} 0", bus.busctl(call).all().strip());
        show(view(1, "bound", options(1)));
        show(view(2, "selecting", Map.of()));
        String answer = bus.busctl(call).out();
        assertTrue(answer.startsWith("a{oa{sa{sv}}} 4 "), answer);
        assertTrue(bus.run(
                        "gdbus",
                        "call",
                        "--address",
                        bus.address(),
                        "--dest",
                        NAME,
                        "--object-path",
                        ROOT,
                        "--method",
                        "org.freedesktop.DBus.ObjectManager.GetManagedObjects")
                .out()
                .contains("'192.0.2.1'"));
    }

    @Test
    void everyLocalUserMayLook() throws Exception {
        show(view(7, "bound", options(7)));
        assertEquals(
                "s \"bound\"",
                bus.busctlAsNobody("get-property", NAME, ROOT + "/Client/7", CLIENT, "State")
                        .all()
                        .strip());
        assertEquals(0, bus.busctlAsNobody("tree", NAME).status());
    }

    @Test
    void signalsTellWhatChanged() throws Exception {
        Path log = directory.resolve("monitor");
        Process monitor = bus.begin(log, "dbus-monitor", "--system", "type='signal',path_namespace='" + ROOT + "'");
        eventually("NameAcquired", () -> Files.readString(log));
        service.appeared(view(7, "selecting", Map.of()));
        service.changed(view(7, "bound", options(7)));
        service.told(7, new LeaseNews(LeaseReason.BOUND, new TreeMap<>(options(7)), new TreeMap<>()));
        // What comes and goes before anything is written is not told at all.
        eventually("DHCP4Config/7", () -> Files.readString(log));
        service.gone(7);
        eventually("member=InterfacesRemoved", () -> Files.readString(log));
        service.appeared(view(8, "selecting", Map.of()));
        eventually("DHCP4Config/8", () -> Files.readString(log));
        service.changed(view(8, "bound", options(8)));
        eventually(
                "path=/org/dhcpcanon1/DHCP4Config/8; interface=org.freedesktop.DBus.Properties",
                () -> Files.readString(log));
        service.told(8, new LeaseNews(LeaseReason.BOUND, new TreeMap<>(options(8)), new TreeMap<>()));
        eventually("member=Event", () -> Files.readString(log));
        eventually("string \"BOUND\"", () -> Files.readString(log));
        monitor.destroy();
        String all = Files.readString(log);
        assertTrue(all.contains("member=InterfacesAdded"), all);
        assertTrue(all.contains("string \"192.0.2.8\""), all);
        assertTrue(all.contains("string \"Clients\""), all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/org/dhcpcanon1|org.dhcpcanon1.Manager|Nothing|no method Nothing|UnknownMethod",
                "/org/dhcpcanon1|org.wrong.Interface|Attach|no interface org.wrong.Interface|UnknownInterface",
                "/org/dhcpcanon1|org.dhcpcanon1.Client|Attach|no interface|UnknownInterface",
                "/org/dhcpcanon1/Client/99|org.freedesktop.DBus.Properties|GetAll|no object|UnknownObject",
                "/nowhere|org.dhcpcanon1.Manager|Attach|no object|UnknownObject",
                "/org/dhcpcanon1|org.dhcpcanon1.Manager|Attach|takes (s), not ()|InvalidArgs",
                "/org|org.freedesktop.DBus.ObjectManager|GetManagedObjects|no interface|UnknownInterface"
            })
    void whateverIsWrongHasItsOwnError(String path, String interfaceName, String member, String text, String error)
            throws Exception {
        PrivateBus.Result result =
                bus.run("dbus-send", "--system", "--print-reply", "--dest=" + NAME, path, interfaceName + "." + member);
        assertTrue(result.err().contains("org.freedesktop.DBus.Error." + error), result.all());
        assertTrue(result.err().contains(text), result.all());
        assertTrue(attached.isEmpty());
    }

    @Test
    void propertiesCannotBeSetAndOthersInterfacesHaveNone() throws Exception {
        assertError("PropertyReadOnly", "Set", MANAGER, "Version", "<'9'>");
        assertError("UnknownProperty", "Set", MANAGER, "Nothing", "<'9'>");
        assertError("UnknownProperty", "Get", MANAGER, "Nothing");
        assertError("UnknownInterface", "Get", "org.wrong.Interface", "Version");
        assertError("UnknownInterface", "GetAll", "org.wrong.Interface");
        assertEquals(
                "a{sv} 0",
                bus.busctl("call", NAME, ROOT, PROPERTIES, "GetAll", "s", "org.freedesktop.DBus.Peer")
                        .out()
                        .strip());
        assertTrue(bus.busctl("call", NAME, ROOT, PROPERTIES, "Get", "s", MANAGER)
                .err()
                .contains("Get takes (ss), not (s)"));
    }

    @Test
    void everyObjectIsAPeer() throws Exception {
        assertEquals(
                0,
                bus.busctl("call", NAME, ROOT, "org.freedesktop.DBus.Peer", "Ping")
                        .status());
        assertEquals(
                Files.readString(Path.of("/etc/machine-id")).strip(),
                bus.busctl("call", NAME, ROOT, "org.freedesktop.DBus.Peer", "GetMachineId")
                        .out()
                        .replaceAll("s |\"", "")
                        .strip());
    }

    private void assertError(String error, String method, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "gdbus", "call", "--address", bus.address(), "--dest", NAME, "--object-path", ROOT, "--method"));
        command.add(PROPERTIES + "." + method);
        command.addAll(List.of(arguments));
        PrivateBus.Result result = bus.run(command.toArray(new String[0]));
        assertTrue(result.err().contains("org.freedesktop.DBus.Error." + error + ":"), result.all());
    }
}
