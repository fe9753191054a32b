package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.dhcpcanon.lab.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** ifupdown-ng, which kills its client by the pid file, and flushes no address. */
@Execution(ExecutionMode.CONCURRENT)
class IfupdownNgIT {
    @Test
    void aKilledShimIsTheEndOfItsClient() {
        try (BootedHost host = BootedHost.up("libmd0", "libbsd0", "adduser", "lsb-base", "ifupdown-ng")) {
            host.interfaces("iface eth0", "  use dhcp");
            for (int time = 0; time < 2; time++) {
                long heard = host.heard();
                host.script("ifup eth0");
                host.assertBound();
                host.assertAnonymousSince(heard);
                assertEquals(
                        "dhclient", host.script("cat /proc/$(cat /run/dhclient.eth0.pid)/comm"), "what it will kill");
                host.script("ifdown eth0");
                Eventually.holds(
                        "gone", Duration.ofSeconds(5), () -> host.clientState().isEmpty());
                assertEquals("", host.script("ps -C dhclient -o args= || true"));
                assertEquals("", host.script("ls -d /run/dhcpcanon/shim.* 2>/dev/null || true"));
                // Nobody runs a script for a client that was killed: what it had set ends with the lease.
                String address = host.script("ip -4 address show dev eth0");
                assertTrue(address.isEmpty() || address.contains("valid_lft 3"), address);
            }
        }
    }
}
