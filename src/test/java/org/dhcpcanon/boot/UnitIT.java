package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhcpcanon.lab.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The service as its unit runs it: activated by the bus, in its sandbox, watched. */
@Execution(ExecutionMode.CONCURRENT)
class UnitIT {
    private static final Pattern EXPOSURE = Pattern.compile("exposure level for dhcpcanon.service: ([0-9.]+)");
    /** CAP_NET_BIND_SERVICE is 10, CAP_NET_RAW is 13. */
    private static final String CAPABILITIES = String.format("%016x", 1 << 10 | 1 << 13);

    @Test
    void aLeaseComesFromAServiceThatTheBusStartedInASandbox() {
        try (Machine machine = Machine.up()) {
            machine.install();
            assertEquals("inactive", machine.unit("ActiveState"));
            machine.enable();

            assertEquals("dhclient", machine.backend());
            machine.awaitBound();
            assertTrue(machine.address().startsWith("10.77.0."), machine.address());
            String status = machine.script("cat /proc/" + machine.unit("MainPID") + "/status");
            assertTrue(status.contains("CapBnd:\t" + CAPABILITIES), status);
            assertTrue(status.contains("NoNewPrivs:\t1"), status);
            assertTrue(status.contains("Seccomp:\t2"), status);
            assertTrue(exposure(machine) <= 2.0, "exposure " + exposure(machine));
            // Nobody else's dhclient is ours.
            assertEquals("ELF", machine.script("head -c 4 /usr/sbin/dhclient | tr -cd A-Z"));
        }
    }

    private static double exposure(Machine machine) {
        Matcher matcher = EXPOSURE.matcher(machine.script("systemd-analyze security --no-pager dhcpcanon.service"));
        assertTrue(matcher.find());
        return Double.parseDouble(matcher.group(1));
    }

    @Test
    void aServiceThatHangsIsReplacedAndTheLeaseStays() {
        replacedAfter((machine, pid) -> machine.script("kill -STOP " + pid));
    }

    /** Nobody else would notice: all but the clients goes on. */
    @Test
    void aServiceWhoseLoopIsStuckIsReplacedThoughItsOtherThreadsLive() {
        replacedAfter((machine, pid) -> {
            machine.holdMainThread(pid);
            machine.script("busctl --timeout=2 call org.dhcpcanon1 /org/dhcpcanon1 org.freedesktop.DBus.Peer Ping");
            assertEquals(pid, machine.unit("MainPID"), "it is still the same that answers");
        });
    }

    /** Has a service with a lease hang in the given way, and looks at its successor. */
    private static void replacedAfter(BiConsumer<Machine, String> hang) {
        try (Machine machine = Machine.up()) {
            machine.install();
            machine.script("mkdir /run/systemd/system/dhcpcanon.service.d && printf '[Service]\\nWatchdogSec=5\\n'"
                    + " >/run/systemd/system/dhcpcanon.service.d/soon.conf");
            machine.enable();
            machine.awaitBound();
            String address = machine.address();
            String old = machine.unit("MainPID");
            long requests = machine.requests();
            hang.accept(machine, old);

            Eventually.holds(
                    "replaced",
                    Duration.ofSeconds(20),
                    () -> machine.unit("NRestarts").equals("1"));
            machine.awaitBound();
            assertNotEquals(old, machine.unit("MainPID"));
            assertTrue(
                    machine.script("journalctl -u dhcpcanon -o cat --no-pager").contains("Watchdog timeout"));
            assertEquals(address, machine.address());
            assertTrue(machine.connected());
            assertEquals(requests, machine.requests(), "the lease was resumed, not asked for anew");
        }
    }

    @Test
    void aReloadFailsWithTheMistakeAndTheServiceGoesOn() {
        try (Machine machine = Machine.up()) {
            machine.install();
            machine.enable();
            machine.awaitBound();
            String pid = machine.unit("MainPID");
            machine.script("systemctl reload dhcpcanon");
            machine.script("echo 'profile = nonsense' >>/etc/dhcpcanon/dhcpcanon.conf; ! systemctl reload dhcpcanon");

            // Of busctl, which the unit runs for a reload.
            String journal = machine.script("journalctl -u dhcpcanon -o cat --no-pager");
            assertTrue(journal.contains("Call failed: /etc/dhcpcanon/dhcpcanon.conf"), journal);
            assertEquals(pid, machine.unit("MainPID"));
            assertEquals("bound", machine.clientState());
        }
    }

    @Test
    void theJournalHasInterfacesInFieldsAndTheXidWhereItIsInMemory() {
        try (Machine machine = Machine.up()) {
            machine.install();
            machine.script("mkdir -p /var/log/journal; systemctl restart systemd-journald");
            machine.enable();
            machine.awaitBound();
            String bound = boundInJournal(machine);
            assertFalse(bound.contains("XID"), bound);
            machine.script(
                    "rm -r /var/log/journal; systemctl restart systemd-journald dhcpcanon; nmcli device up eth0");
            machine.awaitBound();

            bound = boundInJournal(machine);
            assertTrue(
                    Pattern.compile("\"DHCPCANON_XID\":\"[0-9a-f]{8}\"")
                            .matcher(bound)
                            .find(),
                    bound);
            assertTrue(bound.contains("\"DHCPCANON_CLIENT\":"), bound);
            assertTrue(bound.contains("\"PRIORITY\":\"6\""), bound);
            assertTrue(bound.contains("\"SYSLOG_IDENTIFIER\":\"dhcpcanond\""), bound);
            assertTrue(bound.contains("\"_TRANSPORT\":\"journal\""), bound);
            assertTrue(bound.contains("\"_SYSTEMD_UNIT\":\"dhcpcanon.service\""), bound);
            // Nothing went to standard output, and nothing tells where the machine is.
            String stdout = "journalctl _TRANSPORT=stdout _SYSTEMD_UNIT=dhcpcanon.service -q -o cat --no-pager";
            assertEquals("", machine.script(stdout));
            String all = machine.script("journalctl _SYSTEMD_UNIT=dhcpcanon.service -o json --no-pager");
            assertFalse(all.contains("10.77.0."), all);
        }
    }

    private static String boundInJournal(Machine machine) {
        return machine.script("journalctl DHCPCANON_INTERFACE=eth0 -o json --no-pager")
                .lines()
                .filter(line -> line.contains("\"MESSAGE\":\"eth0: telling BOUND\""))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("not a word of BOUND"));
    }
}
