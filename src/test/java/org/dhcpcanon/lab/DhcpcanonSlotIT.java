package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The slot of our name, which NetworkManager had from 1.10 to 1.50 and nobody is known to have built: by its very command line. */
@Execution(ExecutionMode.CONCURRENT)
class DhcpcanonSlotIT {
    private static final String PID_FILE = "/run/dhcpcanon4-eth0.pid";
    private static final String COMMAND = "/usr/lib/dhcpcanon/bin/dhcpcanon"
            + " -sf /usr/lib/NetworkManager/nm-dhcp-helper -pf " + PID_FILE
            + " -e DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/dbus/system_bus_socket eth0";

    @Test
    void theProcessThatWasStartedIsTheClientUntilItIsTerminated() {
        try (Lab lab = Lab.up()) {
            lab.inside("nmcli", "device", "set", "eth0", "managed", "no");
            String pid = lab.inside("bash", "-c", COMMAND + " </dev/null >/dev/null 2>&1 & echo $!")
                    .strip();
            Eventually.holds(
                    "bound",
                    Duration.ofSeconds(20),
                    () -> lab.service().state("eth0").equals("bound"));

            assertEquals(pid, lab.inside("cat", PID_FILE).strip());
            String arguments = lab.inside("bash", "-c", "tr '\\0' ' ' </proc/" + pid + "/cmdline");
            assertTrue(arguments.startsWith("/usr/lib/dhcpcanon/sh/dhclient "), arguments);
            assertEquals(1, lab.packets("eth0", "DISCOVER").size());

            lab.inside("kill", pid);
            Eventually.holds(
                    "gone",
                    Duration.ofSeconds(5),
                    () -> lab.service().state("eth0").isEmpty());
            assertEquals(0, lab.packets("eth0", "RELEASE").size());
        }
    }
}
