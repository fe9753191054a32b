package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code nmcli con down}, and activations one after the other or into each other. */
@Isolated
class DisconnectIT {
    private static final Pattern ENDED = Pattern.compile(
            "kill child process 'dhcp-client-eth0' .* after sending (SIG[A-Z]+) .*\\((\\d+) usec elapsed\\)");

    @Test
    void theShimObeysTermAloneWithin500MillisecondsAndNothingIsLeft() {
        try (Lab lab = Lab.up("--level", "DEBUG")) {
            lab.connect().ok();
            lab.disconnect();

            Matcher ended = ENDED.matcher(lab.log("nm.log"));
            assertTrue(ended.find(), "NetworkManager has ended the client");
            assertEquals("SIGTERM", ended.group(1));
            assertTrue(Integer.parseInt(ended.group(2)) < 500_000, ended.group());
            assertEquals(List.of(), lab.shims());
            Eventually.holds(
                    "/run/dhcpcanon is empty",
                    Duration.ofSeconds(2),
                    () -> lab.script("ls -A /run/dhcpcanon 2>/dev/null || true").isBlank());
            Eventually.holds(
                    "the client object goes",
                    Duration.ofSeconds(2),
                    () -> lab.service().clients().isEmpty());
            assertEquals(List.of(), lab.packets("eth0", "RELEASE"));
        }
    }

    @Test
    void aHundredTimesUpAndDownLeaksNeitherThreadsNorDescriptors() {
        try (Lab lab = Lab.up()) {
            // Enough for every pool of threads to be full.
            upAndDown(lab, 25);
            int threads = lab.service().threads();
            int descriptors = lab.service().descriptors();
            long pid = lab.service().pid();

            upAndDown(lab, 100);
            assertEquals(pid, lab.service().pid());
            Eventually.holds(
                    "no more descriptors than " + descriptors,
                    Duration.ofSeconds(2),
                    () -> lab.service().descriptors() <= descriptors);
            assertTrue(lab.service().threads() <= threads, lab.service().threads() + " threads, before " + threads);
            assertEquals("", lab.log("helper.log"), "nm-dhcp-helper was executed");
        }
    }

    /** NetworkManager answers what it holds with the very error that says "address in use", before it ends the client. */
    @Test
    void disconnectingWhileNetworkManagerProbesTheAddressDeclinesNothing() {
        try (Lab lab = Lab.up()) {
            lab.inside("nmcli", "con", "modify", "eth0", "ipv4.dad-timeout", "3000");
            lab.begin("up", "nmcli --wait 60 con up eth0");
            lab.awaitPacket("ACK", 0, Duration.ofSeconds(15));
            Eventually.holds(
                    "NetworkManager probes",
                    Duration.ofSeconds(3),
                    () -> !lab.packets("eth0", "ARP").isEmpty());
            lab.disconnect();

            Eventually.holds(
                    "the client is gone",
                    Duration.ofSeconds(2),
                    () -> lab.service().clients().isEmpty());
            assertEquals(List.of(), lab.packets("eth0", "DECLINE"));
        }
    }

    @Test
    void aSecondActivationWhileTheFirstIsRunningWins() {
        try (Lab lab = Lab.up("--server", "none")) {
            lab.begin("first", "nmcli --wait 60 con up eth0");
            lab.awaitPacket("DISCOVER", 0, Duration.ofSeconds(15));
            lab.begin("second", "nmcli --wait 60 con up eth0 && echo second is up");
            Eventually.holds(
                    "another shim",
                    Duration.ofSeconds(10),
                    () -> lab.log("nm.log").split("dhclient started with pid", -1).length == 3);
            lab.run("server-start", "--server", "dnsmasq").ok();

            Eventually.holds(
                    "the second is up",
                    Duration.ofSeconds(30),
                    () -> lab.log("second.log").contains("second is up"));
            assertEquals(1, lab.shims().size());
            assertEquals(1, lab.service().clients().size());
        }
    }

    private static void upAndDown(Lab lab, int times) {
        lab.script(
                "for n in $(seq " + times + "); do nmcli --wait 30 con up eth0 && nmcli con down eth0 || exit; done");
    }
}
