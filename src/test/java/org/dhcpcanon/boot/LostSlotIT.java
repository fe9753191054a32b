package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An upgrade of Debian to the next one, whose NetworkManager cannot start what it started before. */
@Execution(ExecutionMode.CONCURRENT)
class LostSlotIT {
    private static final String TRIGGER =
            "dpkg-trigger --by-package=network-manager /usr/sbin/NetworkManager; dpkg --configure -a 2>&1";

    private Machine machine;

    @BeforeEach
    void boot() {
        machine = Machine.up("--disk");
        machine.install();
    }

    @AfterEach
    void end() {
        machine.close();
    }

    @Test
    void aSlotThatAnUpgradeTookAwayIsNoticedEverywhereAndRepairedInOneGo() {
        machine.enable();
        machine.awaitBound();
        assertEquals("dhclient", machine.backend());
        assertEquals("success", check());
        assertTrue(!machine.script(TRIGGER).contains("any more"), "it has lost nothing yet");

        machine.reboot("--suite", "trixie");
        machine.awaitAddress();
        assertEquals("internal", machine.backend(), "which is what has to be noticed");
        isNoticed("dhclient");

        String said = machine.script("dhcpcanon enable --yes");
        assertTrue(
                said.contains(
                        "undo the route \"dhclient\", which was enabled, and which this NetworkManager has no more"),
                said);
        isRepaired();
        assertEquals("dhcpcd", machine.backend());

        machine.reboot("--suite", "sid");
        machine.awaitAddress();
        isNoticed("dhcpcd");
        machine.script("dhcpcanon enable --yes");
        isRepaired();
        assertTrue(machine.script("dhcpcanon status").contains("reapply"));
        machine.disable();
        assertEquals("internal", machine.backend());
        assertEquals(
                "",
                machine.script("find /etc/NetworkManager /etc/systemd /etc/dhcpcanon -mindepth 1 -name '*dhcpcanon*'"
                        + " ! -name dhcpcanon.conf"));
    }

    private String check() {
        return machine.script("systemctl show -P Result dhcpcanon-check.service");
    }

    private void isNoticed(String slot) {
        String lost = "does not start " + slot + " any more";
        assertEquals("exit-code", check());
        String journal = machine.script("journalctl -b -p err -o cat --no-pager -u dhcpcanon-check.service");
        assertTrue(journal.contains(lost), journal);
        String trigger = machine.script(TRIGGER);
        assertTrue(trigger.contains(lost) && trigger.contains("sudo dhcpcanon enable"), trigger);
        String doctor = machine.tried("dhcpcanon doctor").text();
        assertTrue(doctor.lines().anyMatch(line -> line.startsWith("problem") && line.contains(lost)), doctor);
    }

    private void isRepaired() {
        machine.awaitBound();
        assertEquals("", machine.script("systemctl --failed --plain --no-legend"));
    }
}
