package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command against the real service, with a lease that NetworkManager asked for. */
@Execution(ExecutionMode.CONCURRENT)
class CommandsIT {
    private static final String COMMAND = "/usr/lib/dhcpcanon/bin/dhcpcanon";
    private static final String FILE = "/etc/dhcpcanon/dhcpcanon.conf";
    private static final Duration SOON = Duration.ofSeconds(15);

    private static Shell.Output run(Lab lab, String... arguments) {
        return lab.attempt(
                Stream.concat(Stream.of(COMMAND), Stream.of(arguments)).toArray(String[]::new));
    }

    private static String expect(int status, Lab lab, String... arguments) {
        Shell.Output output = run(lab, arguments);
        assertEquals(status, output.status(), output.toString());
        return output.text();
    }

    private static void monitored(Lab lab, String text) {
        Eventually.holds(
                "the monitor says " + text, SOON, () -> lab.log("monitor.log").contains(text));
    }

    @Test
    void aLeaseIsShownRenewedAndGivenBack() {
        try (Lab lab = Lab.up("--request", "15")) {
            assertEquals("dhcpcanond is not running: no interface uses it\n", expect(0, lab, "status"));
            assertEquals(5, run(lab, "reload").status());
            lab.begin("monitor", COMMAND + " monitor");
            monitored(lab, "is not running");
            lab.connect().ok();
            shown(lab);
            wrongInterfacesAreRefused(lab);
            renewed(lab);
            settingsAreRead(lab);
            ended(lab);
        }
    }

    private static void shown(Lab lab) {
        String address = lab.address("eth0");
        String status = expect(0, lab, "status");
        assertEquals(2, status.lines().count(), status);
        assertTrue(status.matches("(?s).*\neth0 +bound +" + address + " +strict +dhclient .*"), status);
        String all = expect(0, lab, "show", "eth0");
        assertTrue(all.contains("10.77.0.1") && all.contains("domain_name") && all.contains("lab.example"), all);
        for (String subcommand : new String[] {"status", "show"}) {
            String program = "import json,sys; client = json.load(sys.stdin)[\"clients\"][0];"
                    + " print(client[\"interface\"], client[\"state\"], client[\"address\"], client[\"prefix\"],"
                    + " client[\"server\"], 3000 < client[\"expires_in\"] <= 3600, client[\"options\"][\"domain_name\"])";
            assertEquals(
                    "eth0 bound " + address.replace('/', ' ') + " 10.77.0.1 True lab.example\n",
                    lab.script(COMMAND + " " + subcommand + " --json eth0 | python3 -c '" + program + "'"));
        }
    }

    /** One that is not there, and one that is there and not ours. */
    private static void wrongInterfacesAreRefused(Lab lab) {
        for (String subcommand : new String[] {"show", "renew", "release", "stop"}) {
            assertEquals("dhcpcanon: there is no interface nix\n", expect(3, lab, subcommand, "nix"));
            expect(3, lab, subcommand, "lo");
            expect(2, lab, subcommand);
        }
        expect(3, lab, "status", "nix");
    }

    private static void renewed(Lab lab) {
        int requests = lab.packets("eth0", "REQUEST").size();
        String renewed = expect(0, lab, "renew", "eth0");
        assertTrue(renewed.startsWith("eth0 asks the server for more time"), renewed);
        assertTrue(lab.awaitPacket("REQUEST", requests, SOON).isUnicast());
        monitored(lab, "eth0: RENEW");
        assertEquals("bound", lab.service().state("eth0"));
        Shell.Output nobody =
                lab.attempt("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", COMMAND, "release", "eth0");
        assertEquals(4, nobody.status(), nobody.toString());
        assertEquals("bound", lab.service().state("eth0"));
    }

    private static void settingsAreRead(Lab lab) {
        expect(0, lab, "reload");
        lab.script("mkdir -p /etc/dhcpcanon; cp " + FILE + " /tmp/before 2>/dev/null || : >/tmp/before");
        lab.script("printf '[defaults]\\nprofile = nonsense\\n' >" + FILE);
        String mistake = expect(1, lab, "reload");
        assertTrue(mistake.contains(FILE + " line 2: profile: expected strict"), mistake);
        lab.script("cp /tmp/before " + FILE);
        expect(0, lab, "reload");
    }

    private static void ended(Lab lab) {
        String released = expect(0, lab, "release", "eth0");
        assertTrue(released.startsWith("eth0 has given its address back"), released);
        lab.awaitPacket("RELEASE", 0, SOON);
        monitored(lab, "eth0: client gone");
        lab.connect().ok();
        assertEquals("bound", lab.service().state("eth0"));
        String stopped = expect(0, lab, "stop", "eth0");
        assertTrue(stopped.startsWith("eth0 has stopped"), stopped);
        assertEquals(1, lab.packets("eth0", "RELEASE").size());
        Eventually.holds(
                "two clients are gone", SOON, () -> lab.log("monitor.log").split("eth0: client gone", -1).length == 3);
        String monitor = lab.log("monitor.log");
        assertTrue(monitor.contains("dhcpcanond has started"), monitor);
        assertTrue(monitor.contains("eth0: new client, "), monitor);
        assertTrue(monitor.contains("eth0: bound (was "), monitor);
    }
}
