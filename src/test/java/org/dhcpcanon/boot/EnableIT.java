package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code dhcpcanon enable} and {@code disable}, on one machine; each test leaves it as it was. */
// Of which its own methods must not run beside each other.
@ResourceLock("the machine of EnableIT")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class EnableIT {
    private static final String CONF = "/etc/NetworkManager/conf.d/";
    private static final String ANONYMITY = CONF + "91-dhcpcanon-anonymity.conf";

    private Machine machine;
    private String before;

    @BeforeAll
    void boot() {
        machine = Machine.up();
        machine.install();
    }

    @AfterAll
    void end() {
        machine.close();
    }

    @BeforeEach
    void remember() {
        before = machine.configuration();
        assertEquals("internal", machine.backend());
    }

    @AfterEach
    void isAsBefore() {
        try {
            assertEquals(before, machine.configuration());
        } finally {
            machine.tried("dhcpcanon disable --yes");
        }
    }

    private Shell.Output enable(String... options) {
        return machine.tried("dhcpcanon enable " + String.join(" ", options));
    }

    @Test
    void aLeaseIsOursAndTheConnectionStaysMeanwhile() {
        String address = machine.address();
        machine.script("ip -o -4 monitor address dev eth0 >/tmp/monitor 2>&1 & echo $! >/tmp/monitor.pid");
        String said = enable("--yes").ok();

        assertEquals("dhclient", machine.backend());
        assertEquals("bound", machine.clientState());
        assertEquals(address, machine.address());
        assertEquals("", machine.script("kill $(cat /tmp/monitor.pid); grep Deleted /tmp/monitor || true"));
        assertTrue(said.contains("eth0 has a lease by dhcpcanon: " + address), said);
        assertTrue(said.contains("All DHCP that left by eth0 was ours."), said);
        assertTrue(said.contains("nmcli device up eth0"), "its hardware address is still its own: " + said);
        assertEquals("ELF", machine.script("head -c 4 /usr/sbin/dhclient | tr -cd A-Z"), "for others it is ISC's");
        assertTrue(enable("--yes").ok().startsWith("It is enabled already."));

        machine.disable();
        assertEquals("internal", machine.backend());
        assertEquals(address, machine.address());
        assertEquals("It is not enabled.", machine.script("dhcpcanon disable --yes"));
    }

    @Test
    void connectingAnewBringsARandomHardwareAddress() {
        String hardware = machine.script("cat /sys/class/net/eth0/address");
        machine.enable();
        assertNotEquals(hardware, machine.script("cat /sys/class/net/eth0/address"));
        machine.awaitBound();
        machine.disable();
    }

    @Test
    void whatIsAskedForIsOnlyShownOrOnlyWrittenOrOnlyTheClient() {
        String pid = machine.script("systemctl show -P MainPID NetworkManager");
        assertTrue(enable("--dry-run").ok().contains("write " + CONF));
        assertEquals(before, machine.configuration());
        assertTrue(enable("--yes", "--no-restart", "--backend-only").ok().contains("Restart NetworkManager"));
        assertEquals("90-dhcpcanon-backend.conf", machine.script("ls " + CONF));
        assertEquals("internal", machine.backend());
        machine.script("dhcpcanon disable --yes --no-restart");
        assertEquals(pid, machine.script("systemctl show -P MainPID NetworkManager"));
    }

    @Test
    void anotherFileThatWinsIsSeenBeforeAnythingIsRestarted() {
        String pid = machine.script("systemctl show -P MainPID NetworkManager");
        machine.script("printf '[main]\\ndhcp=internal\\n' >" + CONF + "99-other.conf");
        before = machine.configuration();
        Shell.Output output = enable("--yes");
        assertEquals(1, output.status());
        assertTrue(output.text().contains("another file says dhcp=internal, after ours"), output.text());
        assertEquals(before, machine.configuration());
        assertEquals(pid, machine.script("systemctl show -P MainPID NetworkManager"));
        machine.script("rm " + CONF + "99-other.conf");
        before = machine.configuration();
    }

    @Test
    void aNetworkManagerThatPassesUsOverIsPutBack() {
        String address = machine.address();
        machine.script("chmod a-x /usr/lib/dhcpcanon/bin/dhclient");
        Shell.Output output = enable("--yes");
        machine.script("chmod a+x /usr/lib/dhcpcanon/bin/dhclient");

        assertEquals(1, output.status());
        assertTrue(output.text().contains("uses the DHCP client \"internal\" and not \"dhclient\""), output.text());
        assertTrue(output.text().contains("undoing it"), output.text());
        machine.awaitAddress();
        assertEquals(address, machine.address());
    }

    @Test
    void anotherClientOnTheWireIsSeenAndItIsPutBack() {
        machine.script("systemd-run --quiet --unit=other bash -c 'while true; do"
                + " timeout 0.5 dhclient -d -q -sf /bin/true -pf /run/other.pid -lf /run/other.leases eth0;"
                + " rm -f /run/other.*; done'");
        Shell.Output output = enable("--yes");
        machine.script("systemctl stop other; rm -f /run/other.*");

        assertEquals(1, output.status(), output.text());
        assertTrue(output.text().contains("another DHCP client sends on eth0 as well ("), output.text());
        assertTrue(output.text().contains("undoing it"), output.text());
        machine.awaitAddress();
    }

    @Test
    void aServiceThatCannotStartIsMetBeforeAnythingIsChanged() {
        machine.script("systemctl stop dhcpcanon; systemctl mask --runtime dhcpcanon");
        Shell.Output output = enable("--yes");
        machine.script("systemctl unmask --runtime dhcpcanon");
        assertEquals(1, output.status());
        assertTrue(output.text().contains("the service does not start"), output.text());
    }

    @Test
    void aLeaseThatDoesNotComeIsPutBack() {
        String address = machine.address();
        // It takes its packets and says nothing.
        machine.script(
                "mkdir -p /run/systemd/system/dhcpcanon.service.d; printf '[Service]\\nCapabilityBoundingSet=\\n'"
                        + " >/run/systemd/system/dhcpcanon.service.d/broken.conf; systemctl daemon-reload; systemctl stop dhcpcanon");
        Shell.Output output = enable("--yes");
        machine.script(
                "rm -r /run/systemd/system/dhcpcanon.service.d; systemctl daemon-reload; systemctl stop dhcpcanon");

        assertEquals(1, output.status());
        assertTrue(output.text().contains("undoing it"), output.text());
        machine.awaitAddress();
        assertEquals(address, machine.address());
        assertEquals("internal", machine.backend());
    }

    @Test
    void aNetworkManagerWithoutASlotIsToldToBeGivenItsLeasesByDBus() {
        machine.script("sed s/NMDhcpDhclient/NMDhcpXhclient/ /usr/sbin/NetworkManager >/usr/local/sbin/NetworkManager;"
                + " chmod +x /usr/local/sbin/NetworkManager; mkdir -p /run/systemd/system/NetworkManager.service.d;"
                + " printf '[Service]\\nExecStart=\\nExecStart=/usr/local/sbin/NetworkManager --no-daemon\\n'"
                + " >/run/systemd/system/NetworkManager.service.d/other.conf");
        machine.restartNetworkManager();
        Shell.Output plan = enable("--dry-run");
        Shell.Output slot = enable("--yes", "--route", "dhclient");
        Shell.Output doctor = machine.tried("dhcpcanon doctor");
        machine.script("rm -r /run/systemd/system/NetworkManager.service.d /usr/local/sbin/NetworkManager");
        machine.restartNetworkManager();
        machine.awaitAddress();

        assertTrue(plan.ok().contains("by the route \"reapply\", as it starts no other program"), plan.text());
        assertEquals(1, slot.status());
        assertTrue(
                slot.text().contains("does not start dhclient as its DHCP client; it starts no other program"),
                slot.text());
        assertTrue(doctor.text().contains("can be given each lease by D-Bus (route reapply)"), doctor.text());
    }

    @Test
    void whatItsOwnerChangedIsKept() {
        enable("--yes").ok();
        machine.script("echo '# mine' >>" + ANONYMITY);
        String said = machine.script("dhcpcanon disable --yes");
        assertTrue(said.contains("is kept as " + ANONYMITY + ".disabled"), said);
        enable("--yes").ok();
        assertEquals("# mine", machine.script("tail -n 1 " + ANONYMITY));
        machine.disable();
        machine.script("rm " + ANONYMITY + ".disabled");
    }

    @Test
    void itWorksWithoutAnotherDhclientTooAndLeavesNoFile() {
        machine.script("mv /usr/sbin/dhclient /usr/sbin/dhclient.away");
        before = machine.configuration();
        enable("--yes").ok();
        assertEquals("bound", machine.clientState());
        assertEquals("", machine.script("ls -A /usr/local/sbin"), "seen by NetworkManager only");
        machine.disable();
        assertEquals(before, machine.configuration());
        machine.script("mv /usr/sbin/dhclient.away /usr/sbin/dhclient");
        before = machine.configuration();
    }

    @Test
    void wrongCallersAndArgumentsAreToldSo() {
        assertEquals(2, enable("--nonsense").status());
        assertEquals(2, enable("--route", "nonsense").status());
        assertEquals(2, enable("--route=reapply", "--dhclient").status());
        assertEquals(2, machine.tried("dhcpcanon disable --reconnect").status());
        assertEquals(2, machine.tried("dhcpcanon doctor nonsense").status());
        for (String command : List.of("enable", "disable", "doctor")) {
            assertEquals(
                    4,
                    machine.tried("setpriv --reuid=65534 --clear-groups dhcpcanon " + command)
                            .status(),
                    command);
            assertEquals(0, machine.tried("dhcpcanon " + command + " --help").status(), command);
        }
        Shell.Output noTerminal = enable();
        assertEquals(1, noTerminal.status());
        assertTrue(noTerminal.text().contains("say --yes"), noTerminal.text());
    }
}
