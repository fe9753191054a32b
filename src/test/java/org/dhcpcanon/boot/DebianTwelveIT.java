package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Debian 12, whose NetworkManager can start a dhclient. */
@Execution(ExecutionMode.CONCURRENT)
class DebianTwelveIT {
    private Machine machine;

    @BeforeEach
    void boot() {
        machine = Machine.up();
        machine.install();
    }

    @AfterEach
    void end() {
        machine.close();
    }

    @Test
    void itIsOursFromEnableToDisableAndNothingIsFoundOnTheWire() {
        String before = machine.configuration();
        String said = machine.script("dhcpcanon enable --yes");
        assertTrue(said.contains("by the route \"dhclient\", which it starts as its DHCP client"), said);
        assertEquals("dhclient", machine.backend());
        machine.script("nmcli device up eth0");
        machine.awaitBound();
        Life life = new Life(machine);
        try (Capture capture = machine.capture()) {
            life.goThrough();
            assertEquals(0, machine.received("RELEASE"));
            movesToAnotherRouteAndBack();
            capture.audit();
        }
        machine.script("dhcpcanon disable --yes");
        assertEquals("internal", machine.backend());
        // It was changed above, and is NetworkManager's own invention no more.
        machine.script("nmcli connection delete " + life.connection());
        assertEquals(before, machine.configuration());
    }

    private void movesToAnotherRouteAndBack() {
        uses("reapply");
        assertEquals("internal", machine.backend(), "which has nothing to do");
        uses("dhclient");
        assertEquals("dhclient", machine.backend());
    }

    private void uses(String route) {
        machine.script("dhcpcanon enable --yes --route " + route);
        machine.awaitAddress();
        machine.awaitBound();
        assertTrue(machine.script("dhcpcanon status").contains(" " + route + " "));
    }
}
