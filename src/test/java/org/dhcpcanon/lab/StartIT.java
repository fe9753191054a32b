package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A client that somebody starts on the bus, on an interface that NetworkManager leaves alone. */
@Execution(ExecutionMode.CONCURRENT)
class StartIT {
    private static final String START = "org.dhcpcanon1.Manager.Start";

    private static Shell.Output start(Lab lab, String interfaceName) {
        return lab.service().call(START, "string:" + interfaceName);
    }

    private static void awaitBound(Lab lab) {
        Eventually.holds(
                "bound",
                Duration.ofSeconds(20),
                () -> lab.service().state("eth0").equals("bound"));
    }

    @Test
    void itsLeaseIsShownAndOutlivesTheServiceUntilItIsStopped() {
        try (Lab lab = Lab.up("--lease", "600")) {
            lab.inside("nmcli", "device", "set", "eth0", "managed", "no");
            lab.inside("ip", "link", "set", "eth0", "up");
            assertTrue(start(lab, "eth0").ok().contains("object path \"/org/dhcpcanon1/Client/"));
            awaitBound(lab);
            String address = String.valueOf(lab.service().options().get("ip_address"));
            assertTrue(address.startsWith("10.77.0."), address);
            assertEquals("", lab.address("eth0"), "whoever wants the address sets it");
            assertEquals("bus", lab.service().text(lab.service().client("eth0").orElseThrow(), "Route"));

            long old = lab.service().pid();
            lab.kill(old);
            awaitBound(lab);
            assertNotEquals(old, lab.service().pid());
            assertEquals(address, lab.service().options().get("ip_address"));
            assertEquals(1, lab.packets("eth0", "DISCOVER").size(), "the lease was resumed, not asked for anew");

            lab.service().call("org.dhcpcanon1.Manager.Stop", "string:eth0").ok();
            Eventually.holds(
                    "gone",
                    Duration.ofSeconds(5),
                    () -> lab.service().state("eth0").isEmpty());
            lab.kill(lab.service().pid());
            assertEquals("", lab.service().state("eth0"), "a service after this one does not begin it again");
            assertEquals(0, lab.packets("eth0", "RELEASE").size());
        }
    }

    @Test
    void theNewestRequestWinsAndWhatCannotBeIsRefused() {
        try (Lab lab = Lab.up()) {
            lab.connect().ok();
            String first = lab.service().client("eth0").orElseThrow();
            start(lab, "eth0").ok();
            assertNotEquals(first, lab.service().client("eth0").orElseThrow());
            for (String name : new String[] {"none0", "../etc", "lo", ""}) {
                String said = start(lab, name).text();
                assertTrue(said.contains("org.dhcpcanon1.Error.NoInterface"), said);
            }
        }
    }
}
