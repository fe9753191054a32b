package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * nm-dhcp-helper as the script, which NetworkManager had every client run. By its own name it is run only where NetworkManager cannot be
 * reached without it; by the name of a link it is a script like another.
 */
@Execution(ExecutionMode.CONCURRENT)
class HelperIT {
    private static final String HELPER = "/usr/lib/NetworkManager/nm-dhcp-helper";
    private static final String LINK = "/lab/as-script";
    /** Of time, of the script's environment, and of what only NetworkManager is told. */
    private static final Set<String> BESIDES = Set.of("expiry", "dad_wait_time", "dhcp_client_identifier");

    /** Has NetworkManager's dhclient take the helper for a script. */
    private static void wrap(Lab lab) {
        lab.script("ln -s " + HELPER + " " + LINK + """
                ; slot=$(command -v dhclient)
                rm $slot
                cat >$slot <<'END'
                #!/bin/sh
                for word; do
                  shift
                  case $word in */nm-dhcp-helper) word=/lab/as-script ;; esac
                  set -- "$@" "$word"
                done
                exec /usr/lib/dhcpcanon/bin/dhclient "$@"
                END
                chmod 755 $slot
                """);
    }

    private static Map<String, String> options(Lab lab) {
        Map<String, String> options = lab.networkManagerOptions();
        options.keySet().removeAll(BESIDES);
        return options;
    }

    @Test
    void networkManagerGetsByItWhatItGetsWithoutIt() {
        try (Lab lab = Lab.up("--lease", "120", "--t1", "6", "--t2", "90")) {
            lab.connect().ok();
            Map<String, String> direct = options(lab);
            assertEquals("", lab.log("helper.log"));
            lab.disconnect();

            wrap(lab);
            lab.connect().ok();
            assertEquals(direct, options(lab));
            assertTrue(lab.address("eth0").startsWith(direct.getOrDefault("ip_address", "none")));
            Eventually.holds(
                    "a renewal by the helper",
                    Duration.ofSeconds(30),
                    () -> lab.log("helper.log").contains(" RENEW eth0"));
            assertTrue(lab.log("helper.log").contains(" BOUND eth0"));
            assertEquals("connected", lab.deviceState("eth0"));
            assertFalse(lab.log("service.log").contains("WARN"), lab.log("service.log"));
            assertFalse(lab.log("nm.log").matches("(?s).*(dhcp.*unhandled|nm-dhcp-helper.*rror).*"), lab.log("nm.log"));
        }
    }

    private static Shell.Output byHand(Lab lab, String client, String script) {
        return lab.attempt(
                "bash",
                "-c",
                "ip link set eth0 up; touch /lab/leases; " + client
                        + " -1 -v -cf /dev/null -pf /lab/pid -lf /lab/leases -sf " + script + " eth0");
    }

    /** Its failure says that there is no NetworkManager, and nothing of the address. */
    @Test
    void withoutNetworkManagerTheLeaseIsKept() {
        try (Lab lab = Lab.up()) {
            lab.run("nm-stop").ok();
            Shell.Output alone = lab.attempt("env", "reason=BOUND", "interface=eth0", "pid=1", HELPER);
            assertEquals(1, alone.status(), alone.text());
            Shell.Output output = byHand(lab, "dhclient", HELPER);
            assertEquals(0, output.status(), output.text());
            assertTrue(lab.log("helper.log").contains(" BOUND eth0"));
            assertEquals(0, lab.packets("eth0", "DECLINE").size());
            assertEquals("bound", lab.service().state("eth0"));
        }
    }

    /** A script like another refuses the address by its failure, with ISC's client and with ours. */
    @Test
    void asAScriptWithoutNetworkManagerItRefusesTheAddress() {
        try (Lab lab = Lab.up()) {
            lab.run("nm-stop").ok();
            lab.script("ln -s " + HELPER + " " + LINK);
            assertEquals(2, byHand(lab, "dhclient", LINK).status());
            assertEquals(1, lab.packets("eth0", "DECLINE").size());
        }
    }
}
