package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.dhcpcanon.lab.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Debian 13, whose NetworkManager can start a dhcpcd and no dhclient. */
@Execution(ExecutionMode.CONCURRENT)
class DebianThirteenIT {
    private Machine machine;

    @BeforeEach
    void boot() {
        machine = Machine.up("--suite", "trixie");
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
        assertTrue(said.contains("by the route \"dhcpcd\", which it starts as its DHCP client"), said);
        assertTrue(said.contains("All DHCP that left by eth0 was ours."), said);
        assertEquals("dhcpcd", machine.backend());
        machine.script("nmcli device up eth0");
        machine.awaitBound();
        Life life = new Life(machine);
        try (Capture capture = machine.capture()) {
            shown();
            life.goThrough();
            assertEquals(0, machine.received("RELEASE"));
            isGivenBackOnlyIfTheUserWantsThat(life);
            capture.audit();
        }
        machine.script("dhcpcanon disable --yes");
        assertEquals("internal", machine.backend());
        // It was changed above, and is NetworkManager's own invention no more.
        machine.script("nmcli connection delete " + life.connection());
        assertEquals(before, machine.configuration());
    }

    private void shown() {
        String options = machine.script("nmcli -f DHCP4 device show eth0");
        assertTrue(options.contains("ip_address = " + machine.address().replaceAll("/.*", "")), options);
        assertTrue(machine.script("dhcpcanon status -v").contains("host-name (12) from flag -h"));
        String doctor = machine.tried("dhcpcanon doctor").text();
        assertTrue(doctor.contains("can start us as dhcpcd"), doctor);
        assertTrue(doctor.contains("eth0 has its lease by dhcpcanon (route dhcpcd,"), doctor);
        assertEquals("success", machine.script("systemctl show -P Result dhcpcanon-check.service"));
    }

    /** NetworkManager takes a random hardware address back at once, and nothing is sent under another one than the lease's. */
    private void isGivenBackOnlyIfTheUserWantsThat(Life life) {
        machine.script("nmcli connection modify " + life.connection()
                + " ipv4.dhcp-send-release yes 802-3-ethernet.cloned-mac-address preserve");
        life.goUp();
        life.goDown();
        Eventually.holds("a release", Duration.ofSeconds(10), () -> machine.received("RELEASE") == 1);
        machine.script("nmcli connection modify " + life.connection()
                + " ipv4.dhcp-send-release default 802-3-ethernet.cloned-mac-address ''");
        life.goUp();
    }
}
