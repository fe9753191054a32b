package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The lease with which cloud-init asks for its data: Debian's cloud-init 22.4.2, run as far as that. */
@Execution(ExecutionMode.CONCURRENT)
class CloudInitIT {
    private static final Path ROOT = Unpacked.packages(
            "cloud-init",
            "python3-configobj",
            "python3-requests",
            "python3-urllib3",
            "python3-chardet",
            "python3-charset-normalizer",
            "python3-certifi",
            "python3-idna",
            "python3-six");

    /** What it has then, or the exception that it ends with; its log follows. */
    private static Shell.Output lease(Host host) {
        host.take("ephemeral-lease");
        return host.tried("PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=" + ROOT
                + "/usr/lib/python3/dist-packages /usr/bin/python3 /lab/ephemeral-lease");
    }

    private static void assertKilledAsADaemon(Host host, String said) {
        assertTrue(said.contains("killing dhclient with pid="), "its parent was not 1: " + said);
        host.awaitNoClient();
        assertEquals("", host.address());
        assertEquals(0, host.container.packets("eth0", "RELEASE"));
    }

    private static void assertStatement(String said, String name, String value) {
        assertTrue(said.contains("\"" + name + "\": \"" + value + "\""), name + ": " + said);
    }

    @Test
    void itsLeaseIsWholeAndItsKillLeavesNoClient() {
        try (Host host = Host.withBus()) {
            String said = lease(host).ok();
            assertStatement(said, "interface", "eth0");
            assertStatement(said, "subnet-mask", "255.255.255.0");
            assertStatement(said, "rfc3442-classless-static-routes", "0,10,77,0,1,16,10,88,10,77,0,9");
            assertTrue(
                    said.contains("default via 10.77.0.1 dev eth0") && said.contains("10.88.0.0/16 via 10.77.0.9"),
                    said);
            assertTrue(said.contains("\\nbound to 10.77.0."), said);
            assertKilledAsADaemon(host, said);
            host.isUnknown();
        }
    }

    @Test
    void itIsTheSameWithoutABusAsAtBoot() {
        try (Host host = Host.alone("--plain")) {
            String said = lease(host).ok();
            assertStatement(said, "interface", "eth0");
            assertStatement(said, "routers", "10.77.0.1");
            assertTrue(said.contains("default via 10.77.0.1 dev eth0"), said);
            assertKilledAsADaemon(host, said);
            host.isUnknown();
        }
    }

    @Test
    void theLackOfALeaseIsAnError() {
        try (Host host = Host.withBus("--server", "none")) {
            host.container.write("dhclient.conf", "timeout 3;\n");
            host.script("mkdir -p /etc/dhcp; cp /lab/dhclient.conf /etc/dhcp/");
            String said = lease(host).text();
            assertTrue(said.startsWith("ProcessExecutionError 2\n"), said);
            host.awaitNoClient();
            assertEquals("", host.script("ls /run/dhclient.* 2>/dev/null || true"));
        }
    }
}
