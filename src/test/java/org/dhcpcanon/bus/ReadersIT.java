package org.dhcpcanon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.client.LeaseReason;
import org.dhcpcanon.runtime.LeaseNews;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service as programs see it that are written with Debian's libraries: GLib, python3-dbus, python3-gi. */
@Timeout(120)
class ReadersIT extends BusFixture {
    private static final String CLIENT_7 = ROOT + "/Client/7";
    private static final String CONFIG_7 = ROOT + "/DHCP4Config/7";

    private static String reader(String name) {
        return Path.of("test-fixtures/readers", name).toAbsolutePath().toString();
    }

    private String read(String... command) throws Exception {
        PrivateBus.Result result = bus.run(command);
        assertEquals(0, result.status(), result.all());
        return result.out();
    }

    /** Starts a reader that goes on, and waits until it is ready. */
    private Process begin(Path out, String... command) throws Exception {
        Process process = bus.begin(out, command);
        eventually("\"ready\"", () -> Files.readString(out));
        return process;
    }

    @Test
    void pythonDbusReadsAllAndHearsEverySignal() throws Exception {
        show(view(7, "bound", options(7)));
        Path out = directory.resolve("python-dbus");
        Process reader = begin(out, reader("python-dbus"), NAME, ROOT, CLIENT_7, CONFIG_7);
        service.changed(view(7, "renewing", options(7)));
        service.told(7, new LeaseNews(LeaseReason.RENEW, new TreeMap<>(options(7)), new TreeMap<>()));
        service.appeared(view(8, "selecting", Map.of()));
        eventually("InterfacesAdded", () -> Files.readString(out));
        service.gone(8);
        assertTrue(reader.waitFor(30, TimeUnit.SECONDS));
        String said = Files.readString(out);
        assertEquals(0, reader.exitValue(), said);
        assertTrue(said.contains("\"Address\": \"192.0.2.7\""), said);
        assertTrue(said.contains("\"Dropped\": {\"other_server\": 3}"), said);
        assertTrue(said.contains("\"Suppressed\": [\"host-name (12)\"]"), said);
        assertTrue(
                said.contains(
                        "\"config\": {\"Options\": {\"dhcp_lease_time\": \"3600\", \"ip_address\": \"192.0.2.7\"}}"),
                said);
        assertTrue(said.contains("\"" + CONFIG_7 + "\": [\"" + CONFIG + "\"]"), said);
        assertTrue(said.contains("[\"StateChanged\", [\"renewing\", \"bound\"]]"), said);
        assertTrue(said.contains("[\"Event\", [\"RENEW\", {\"dhcp_lease_time\": \"3600\""), said);
        assertTrue(said.contains("[\"InterfacesRemoved\", [\"" + ROOT + "/DHCP4Config/8\""), said);
    }

    @Test
    void theCacheOfAGioProxyFollows() throws Exception {
        show(view(7, "selecting", Map.of()));
        Path out = directory.resolve("gio-proxy");
        Process reader = begin(out, reader("gio-proxy"), NAME, CLIENT_7);
        service.changed(view(7, "requesting", Map.of()));
        eventually("\"requesting\"]", () -> Files.readString(out));
        service.changed(view(7, "bound", options(7)));
        assertTrue(reader.waitFor(30, TimeUnit.SECONDS));
        String said = Files.readString(out);
        assertEquals(0, reader.exitValue(), said);
        assertTrue(said.contains("\"State\": \"selecting\""), said);
        assertTrue(said.contains("[[\"State\"], \"requesting\"]"), said);
        assertTrue(said.contains("\"bound\"]"), said);
        assertTrue(said.contains("\"Address\", "), said);
    }

    @Test
    void whatReadsNetworkManagersObjectReadsOurs() throws Exception {
        show(view(7, "bound", options(7)));
        assertEquals(
                "{\"dhcp_lease_time\": \"3600\", \"ip_address\": \"192.0.2.7\"}\n",
                read(reader("dhcp4config"), NAME, CONFIG_7));
    }

    @Test
    void gdbusReadsAndMonitors() throws Exception {
        show(view(7, "bound", options(7)));
        String objects = read(
                "gdbus",
                "call",
                "--system",
                "--dest",
                NAME,
                "--object-path",
                ROOT,
                "--method",
                "org.freedesktop.DBus.ObjectManager.GetManagedObjects");
        assertTrue(objects.contains("'" + CONFIG_7 + "': {'" + CONFIG + "': {'Options': <{"), objects);
        String described = read("gdbus", "introspect", "--system", "--dest", NAME, "--object-path", CLIENT_7);
        assertTrue(described.contains("readonly s State = 'bound';"), described);

        Path out = directory.resolve("gdbus");
        Process monitor = bus.begin(out, "gdbus", "monitor", "--system", "--dest", NAME);
        eventually("is owned by", () -> Files.readString(out));
        service.changed(view(7, "renewing", options(7)));
        eventually(CLIENT + ".StateChanged ('renewing', 'bound')", () -> Files.readString(out));
        monitor.destroy();
        monitor.waitFor();
    }
}
