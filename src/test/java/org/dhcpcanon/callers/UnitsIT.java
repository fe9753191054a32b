package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.dhcpcanon.boot.Machine;
import org.dhcpcanon.lab.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The units that people write for dhclient, of each type, on a booted Debian 12 whose NetworkManager is stopped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the machine of UnitsIT")
class UnitsIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private Machine machine;

    @BeforeAll
    void boot() {
        machine = Machine.up();
        machine.install();
        machine.script(
                "systemctl stop NetworkManager; ip addr flush dev eth0; mv /usr/sbin/dhclient /usr/sbin/dhclient.isc;"
                        + " ln -s /usr/lib/dhcpcanon/bin/dhclient /usr/sbin/dhclient;"
                        + " printf '[defaults]\\nacd = none\\n' >/etc/dhcpcanon/dhcpcanon.conf; printf 'timeout 3;\\n' >/etc/short.conf");
        // There is no udev where devices are the host's: this stands for sys-subsystem-net-devices-eth0.device.
        unit("cable", "Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true");
        unit("simple", """
                Restart=always
                RestartSec=0
                ExecStart=/sbin/dhclient -4 -d -v -cf /etc/short.conf -pf /run/dhclient.eth0.pid -lf /var/lib/dhcp/dhclient.eth0.leases eth0
                [Unit]
                BindsTo=cable.service
                After=cable.service
                """);
        unit("forking", """
                Type=forking
                PIDFile=/run/dhclient.pid
                ExecStart=/sbin/dhclient -4 -q -cf /etc/short.conf eth0
                ExecStop=/sbin/dhclient -r
                """);
        unit("oneshot", """
                Type=oneshot
                RemainAfterExit=yes
                ExecStart=/sbin/dhclient -4 -1 -v -cf /etc/short.conf eth0
                ExecStop=/sbin/dhclient -r eth0
                """);
    }

    private void unit(String name, String text) {
        machine.script("cat >/run/systemd/system/" + name + ".service <<'END'\n[Service]\n" + text
                + "\nEND\nsystemctl daemon-reload");
    }

    @AfterAll
    void end() {
        machine.close();
    }

    @AfterEach
    void nothingIsLeft() {
        machine.cable("up");
        machine.script("systemctl stop simple forking oneshot cable; systemctl reset-failed; ip addr flush dev eth0;"
                + " rm -f /run/dhclient*.pid; rm -rf /run/systemd/system/forking.service.d; systemctl daemon-reload");
        awaitNoClient();
    }

    private void awaitNoClient() {
        Eventually.holds("no client", SOON, () -> machine.clientState().isEmpty());
    }

    private String show(String unit, String property) {
        return machine.script("systemctl show -P " + property + " " + unit);
    }

    private int start(String unit) {
        return machine.tried("systemctl start " + unit).status();
    }

    private long releases() {
        return machine.script("grep -c 'DHCPRELEASE(' /lab/server.log || true")
                .lines()
                .mapToLong(Long::parseLong)
                .sum();
    }

    private void assertLease(String unit) {
        assertEquals("bound", machine.clientState());
        assertTrue(machine.address().startsWith("10.77.0."), machine.address());
        assertEquals("active", show(unit, "ActiveState"));
    }

    private void assertReleases(String unit) {
        long before = releases();
        machine.script("systemctl stop " + unit);
        assertEquals("inactive success", show(unit, "ActiveState") + " " + show(unit, "Result"));
        awaitNoClient();
        assertEquals("", machine.address());
        Eventually.holds("a release", SOON, () -> releases() == before + 1);
        assertEquals("", machine.script("pgrep -x dhclient || true"));
        assertEquals("", machine.script("ls /run/dhclient.pid 2>/dev/null || true"));
    }

    @Test
    void aSimpleOneIsRestartedAndGoesWithItsDevice() {
        long before = releases();
        assertEquals(0, start("simple"));
        machine.awaitBound();
        assertLease("simple");
        String pid = show("simple", "MainPID");
        assertEquals(pid, machine.script("cat /run/dhclient.eth0.pid"));
        assertTrue(machine.script("journalctl -u simple -o cat").contains("\nbound to 10.77.0."));

        machine.script("kill -KILL " + pid);
        Eventually.holds(
                "another process", SOON, () -> !show("simple", "MainPID").matches("0|" + pid));
        machine.awaitBound();
        assertEquals(show("simple", "MainPID"), machine.script("cat /run/dhclient.eth0.pid"));

        machine.script("systemctl stop cable");
        awaitNoClient();
        assertEquals("inactive success", show("simple", "ActiveState") + " " + show("simple", "Result"));
        assertEquals(before, releases());
    }

    @Test
    void aForkingOneIsActiveWithItsLeaseAndGivesItBack() {
        assertEquals(0, start("forking"));
        assertLease("forking");
        String pid = show("forking", "MainPID");
        assertNotEquals("0", pid);
        assertEquals(pid, machine.script("cat /run/dhclient.pid"));
        assertTrue(machine.script("tr '\\0' ' ' </proc/" + pid + "/cmdline").contains("/sbin/dhclient -4 -q"));
        assertEquals("1", machine.script("ps -o ppid= -p " + pid).strip());
        assertReleases("forking");
    }

    @Test
    void aOneshotOneIsActiveWithItsLeaseAndGivesItBack() {
        assertEquals(0, start("oneshot"));
        assertLease("oneshot");
        assertEquals("exited", show("oneshot", "SubState"));
        assertTrue(machine.script("journalctl -u oneshot -o cat").contains("\nbound to 10.77.0."));
        assertReleases("oneshot");
    }

    /** With the cable out: the status of ExecStart, the state of the unit, whether there is a main process. */
    private String withoutCable(String unit) {
        machine.cable("down");
        int status = start(unit);
        String main = show(unit, "MainPID").equals("0") ? "none" : "main";
        String seen = status + " " + show(unit, "ActiveState") + " " + show(unit, "Result") + " " + main;
        machine.script("ps -o args= -p $(cat /run/dhclient.pid) >/tmp/daemon || true");
        return seen;
    }

    private void byIsc(String unit) {
        machine.script("mkdir -p /run/systemd/system/" + unit + ".service.d; printf '[Service]\\nExecStart=\\n%s\\n'"
                + " \"$(grep ExecStart= /run/systemd/system/" + unit
                + ".service | sed s,sbin/dhclient,sbin/dhclient.isc,)\""
                + " >/run/systemd/system/" + unit + ".service.d/isc.conf; systemctl daemon-reload");
    }

    private void byUs(String unit) {
        machine.script("systemctl kill " + unit + " || true; systemctl stop " + unit + "; systemctl reset-failed "
                + unit + " || true; rm -rf /run/systemd/system/" + unit
                + ".service.d /run/dhclient*.pid; systemctl daemon-reload");
        machine.cable("up");
    }

    @Test
    void withoutCableAForkingOneStartsAllTheSameAsWithIsc() {
        byIsc("forking");
        String isc = withoutCable("forking");
        byUs("forking");
        assertEquals("0 active success main", isc);
        assertEquals(isc, withoutCable("forking"));
        machine.cable("up");
        machine.awaitBound();
        assertReleases("forking");
    }

    @Test
    void withoutCableAOneshotOneFailsAsWithIsc() {
        byIsc("oneshot");
        String isc = withoutCable("oneshot");
        byUs("oneshot");
        assertEquals("1 failed exit-code none", isc);
        assertEquals(isc, withoutCable("oneshot"));
        assertEquals("2", show("oneshot", "ExecMainStatus"));
    }
}
