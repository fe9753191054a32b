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

/** Debian sid, whose NetworkManager starts no program as its DHCP client. */
@Execution(ExecutionMode.CONCURRENT)
class DebianSidIT {
    private Machine machine;

    @BeforeEach
    void boot() {
        machine = Machine.up("--suite", "sid");
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
        assertTrue(said.contains("by the route \"reapply\", as it starts no other program"), said);
        assertTrue(said.contains("All DHCP that left by eth0 was ours."), said);
        machine.script("nmcli device up eth0");
        machine.awaitBound();
        try (Capture capture = machine.capture()) {
            shown();
            anotherProfileIsNamed();
            new Life(machine).goThrough();
            assertEquals(0, machine.received("RELEASE"));
            noAddressOutlivesTheService();
            capture.audit();
        }
        machine.script("dhcpcanon disable --yes");
        machine.awaitAddress();
        assertEquals("", machine.clientState());
        assertEquals(
                "disabled",
                machine.tried("systemctl is-enabled dhcpcanon").text().strip());
        assertEquals(before, machine.configuration());
    }

    private void shown() {
        assertTrue(machine.script("nmcli -g IP4.ADDRESS device show eth0").contains(machine.address()));
        assertTrue(machine.script("dhcpcanon status").contains("reapply"));
        String doctor = machine.script("dhcpcanon doctor");
        assertTrue(doctor.contains("eth0 has its lease by dhcpcanon (route reapply,"), doctor);
        assertEquals("enabled", machine.script("systemctl is-enabled dhcpcanon"));
    }

    /** One that is made by hand later. */
    private void anotherProfileIsNamed() {
        machine.script("nmcli connection add type ethernet con-name Later ifname eth0 connection.autoconnect no");
        String uuid = machine.script("nmcli -g connection.uuid connection show Later");
        String doctor = machine.tried("dhcpcanon doctor").text();
        assertTrue(doctor.contains("the profile \"Later\" has NetworkManager's own DHCP client"), doctor);
        assertTrue(doctor.contains("-> dhcpcanon adopt " + uuid), doctor);
        machine.script("dhcpcanon adopt Later; dhcpcanon doctor; nmcli connection delete Later");
    }

    private void isWithdrawn(String command) {
        machine.script(command);
        Eventually.holds(
                "no address", Duration.ofSeconds(20), () -> machine.address().isEmpty());
    }

    private void noAddressOutlivesTheService() {
        String address = machine.address();
        machine.script("systemctl restart dhcpcanon");
        assertEquals(address, machine.address(), "which its successor goes on with");
        machine.awaitBound();
        isWithdrawn("systemctl stop dhcpcanon");
        machine.script("systemctl start dhcpcanon");
        leasedAgain();
        isWithdrawn("mount --bind /bin/false /usr/lib/dhcpcanon/bin/dhcpcanond; systemctl kill -s KILL dhcpcanon");
        assertEquals("failed", machine.unit("ActiveState"));
        String doctor = machine.tried("dhcpcanon doctor").text();
        assertTrue(doctor.contains("the service does not run, so adopted profiles have no IPv4"), doctor);
        machine.script(
                "umount /usr/lib/dhcpcanon/bin/dhcpcanond; systemctl reset-failed dhcpcanon; systemctl start dhcpcanon");
        leasedAgain();
    }

    private void leasedAgain() {
        machine.awaitBound();
        machine.awaitAddress();
    }
}
