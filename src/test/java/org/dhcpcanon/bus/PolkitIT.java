package org.dhcpcanon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dhcpcanon.runtime.Control;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may steer clients, with the real polkitd and without it. */
@Timeout(90)
class PolkitIT extends BusFixture {
    private static final String OBJECT = ROOT + "/Client/7";

    @BeforeEach
    void showOne() throws Exception {
        show(view(7, "bound", options(7)));
    }

    @Test
    void rootNeedsNoPolkit() throws Exception {
        for (String method : List.of("Renew", "Release", "Stop")) {
            PrivateBus.Result result = bus.busctl("call", NAME, OBJECT, CLIENT, method);
            assertEquals(0, result.status(), result.all());
        }
        PrivateBus.Result result = bus.busctl("call", NAME, ROOT, MANAGER, "Stop", "s", "veth7");
        assertEquals(0, result.status(), result.all());
        assertEquals(List.of("RENEW 7", "RELEASE 7", "STOP 7", "STOP 7"), asked);
    }

    @Test
    void aClientIsStartedAndItsObjectNamed() throws Exception {
        PrivateBus.Result result = bus.busctl("call", NAME, ROOT, MANAGER, "Start", "s", "veth9");
        assertEquals("o \"/org/dhcpcanon1/Client/9\"", result.all().strip());
        assertEquals(List.of("START veth9"), asked);
        String error = bus.run(
                        "dbus-send",
                        "--system",
                        "--print-reply",
                        "--dest=" + NAME,
                        ROOT,
                        MANAGER + ".Start",
                        "string:x")
                .err();
        assertTrue(error.contains("org.dhcpcanon1.Error.NoInterface: no such interface"), error);
        String refused = bus.runAsNobody(
                        "dbus-send",
                        "--system",
                        "--print-reply",
                        "--dest=" + NAME,
                        ROOT,
                        MANAGER + ".Start",
                        "string:veth8")
                .all();
        assertTrue(refused.contains("org.freedesktop.DBus.Error.AccessDenied"), refused);
        assertEquals(List.of("START veth9"), asked);
    }

    @Test
    void connectionsAreForRootAlone() throws Exception {
        for (String method : List.of("Adopt", "Unadopt", "UnadoptLater")) {
            assertEquals(
                    0,
                    bus.busctl("call", NAME, ROOT, MANAGER, method, "s", "Home").status());
            String error = bus.busctlAsNobody("call", NAME, ROOT, MANAGER, method, "s", "Away")
                    .err();
            assertTrue(error.contains("denied"), error);
        }
        assertEquals(List.of("adopt Home", "unadopt Home", "later unadopt Home"), adoption.asked);
    }

    @ParameterizedTest
    @CsvSource({"nobody,NoConnection: there is", "static,NotSupported: it does", "later,NetworkManager: it has"})
    void aConnectionThatCannotBeChangedHasAnErrorOfItsOwn(String connection, String error) throws Exception {
        String said = bus.run(
                        "dbus-send",
                        "--system",
                        "--print-reply",
                        "--dest=" + NAME,
                        ROOT,
                        MANAGER + ".Adopt",
                        "string:" + connection)
                .err();
        assertTrue(said.contains("org.dhcpcanon1.Error." + error), said);
    }

    @Test
    void withoutPolkitOthersAreRefused() throws Exception {
        String error = asNobody(OBJECT, CLIENT + ".Stop");
        assertTrue(error.contains("org.freedesktop.DBus.Error.AccessDenied: polkit gives no answer"), error);
        assertTrue(asked.isEmpty(), asked.toString());
    }

    @Test
    void polkitDecidesOfOthers() throws Exception {
        try (Polkitd polkit = new Polkitd(bus, directory)) {
            String error = asNobody(OBJECT, CLIENT + ".Release");
            assertTrue(error.contains("org.freedesktop.DBus.Error.InteractiveAuthorizationRequired: polkit"), error);
            error = interactivelyAsNobody(CLIENT + ".Stop");
            assertTrue(error.contains("org.freedesktop.DBus.Error.AccessDenied: polkit wants a password"), error);
            assertTrue(error.contains("no agent is there to ask"), error);
            assertTrue(asked.isEmpty(), asked.toString());
            polkit.let("nobody");
            eventually("method return", () -> asNobody(OBJECT, CLIENT + ".Renew"));
            assertEquals(List.of("RENEW 7"), asked);
        }
    }

    @ParameterizedTest
    @CsvSource({"NO_CLIENT,NoClient", "NO_LEASE,NoLease", "NO_CARRIER,NoCarrier", "NOT_ALLOWED,NotAllowed"})
    void whatCannotBeDoneHasItsOwnError(Control.Outcome refused, String error) throws Exception {
        outcome = refused;
        String said = bus.run("dbus-send", "--system", "--print-reply", "--dest=" + NAME, OBJECT, CLIENT + ".Renew")
                .err();
        assertTrue(said.contains("org.dhcpcanon1.Error." + error + ":"), said);
    }

    @Test
    void nobodyIsAskedAboutAnInterfaceWithoutClient() throws Exception {
        String error = bus.busctlAsNobody("call", NAME, ROOT, MANAGER, "Stop", "s", "none0")
                .err();
        assertTrue(error.contains("no client runs on none0"), error);
    }

    @Test
    void timesAndProfilesAreShown() throws Exception {
        assertEquals("t 5000000", get(OBJECT, CLIENT, "LeaseStart"));
        assertEquals("t 1805000000", get(OBJECT, CLIENT, "RenewalTime"));
        assertEquals("t 3605000000", get(OBJECT, CLIENT, "ExpiryTime"));
        assertEquals("t 1800000000", get(OBJECT, CLIENT, "ExpiryWallClock"));
        assertEquals("as 2 \"strict\" \"android\"", get(ROOT, MANAGER, "Profiles"));
        service.changed(view(7, "selecting", Map.of()));
        eventually("t 0", () -> get(OBJECT, CLIENT, "ExpiryTime"));
        assertEquals("t 0", get(OBJECT, CLIENT, "ExpiryWallClock"));
    }

    @Test
    void aChangeOfStateAndOfProfilesIsTold() throws Exception {
        Path log = directory.resolve("signals");
        Process monitor = bus.begin(log, "dbus-monitor", "--system", "type='signal'");
        try {
            eventually("NameAcquired", () -> Files.readString(log));
            service.changed(view(7, "renewing", options(7)));
            eventually("member=StateChanged", () -> Files.readString(log));
            eventually("string \"renewing\"\n   string \"bound\"", () -> Files.readString(log));
            profiles = List.of("strict", "android", "mine");
            service.reloaded();
            eventually("string \"mine\"", () -> Files.readString(log));
        } finally {
            monitor.destroy();
        }
    }

    /** Allows that a person is asked, though there is no agent that could. */
    private String interactivelyAsNobody(String method) throws Exception {
        return bus.runAsNobody(
                        "gdbus",
                        "call",
                        "--interactive",
                        "--system",
                        "--dest",
                        NAME,
                        "--object-path",
                        OBJECT,
                        "--method",
                        method)
                .all();
    }

    private String asNobody(String path, String method) throws Exception {
        return bus.runAsNobody("dbus-send", "--system", "--print-reply", "--dest=" + NAME, path, method)
                .all();
    }
}
