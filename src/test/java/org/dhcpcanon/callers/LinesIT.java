package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The lines of callers that Debian does not have. */
@Execution(ExecutionMode.CONCURRENT)
class LinesIT {
    private static void assertLease(Host host, String files) {
        assertEquals("bound", host.client("State"));
        assertTrue(host.address().startsWith("10.77.0."), host.address());
        assertTrue(host.script("cat " + files + ".lease").contains("\n  fixed-address 10.77.0."));
        assertEquals("1", host.script("ps -o ppid= -p $(cat " + files + ".pid)").strip());
    }

    /** ifup-eth and ifdown-eth; {@code -H} is of Fedora's dhclient. */
    @Test
    void initscriptsOfRedHatGetALeaseAndGiveItBack() {
        try (Host host = Host.withBus("--plain")) {
            String files = " -lf /run/eth0.lease -pf /run/eth0.pid ";
            assertEquals(
                    "",
                    host.script("dhclient -1 -q -cf /lab/dhclient.conf" + files + "-H canary-host eth0 2>/dev/null"));
            assertLease(host, "/run/eth0");
            assertTrue(host.client("Suppressed").contains("-H"), host.client("Suppressed"));
            host.script("dhclient -r" + files + "eth0");
            host.awaitNoClient();
            assertEquals("", host.address());
            assertEquals(1, host.container.packets("eth0", "RELEASE"));
            host.isUnknown();
        }
    }

    @Test
    void initscriptsOfRedHatAreToldThatThereIsNone() {
        try (Host host = Host.withBus("--server", "none")) {
            host.container.write("short.conf", "timeout 3;\nsend host-name \"canary-host\";\n");
            String line =
                    "dhclient -1 -q -cf /lab/short.conf -lf /run/eth0.lease -pf /run/eth0.pid -F canary-host eth0";
            assertEquals(2, host.tried(line).status());
            assertEquals("", host.script("ls /run/eth0.* 2>/dev/null || true"));
            host.awaitNoClient();
            host.isUnknown();
        }
    }

    private static final String CORE =
            "dhclient -nw -pf /var/run/dhclient-eth0.pid -lf /var/run/dhclient-eth0.lease eth0";

    @Test
    void theEmulatorCoreHasItsLeaseSomeTimeLater() {
        try (Host host = Host.withBus("--plain")) {
            host.script(CORE);
            host.container.await(
                    "a lease",
                    () -> !host.address().isEmpty() && host.client("State").equals("bound"));
            assertLease(host, "/var/run/dhclient-eth0");
            host.script("kill $(cat /var/run/dhclient-eth0.pid)");
            host.awaitNoClient();
            assertEquals(0, host.container.packets("eth0", "RELEASE"));
            host.isUnknown();
        }
    }

    @Test
    void theEmulatorCoreDoesNotWaitForOne() {
        try (Host host = Host.withBus("--server", "none")) {
            host.script("timeout 5 " + CORE);
            host.script("kill $(cat /var/run/dhclient-eth0.pid)");
            host.awaitNoClient();
        }
    }
}
