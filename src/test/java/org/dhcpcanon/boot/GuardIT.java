package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.dhcpcanon.lab.Eventually;
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

/** {@code dhcpcanon enable --guard}, and what NetworkManager can still send then; each test leaves the machine as it was. */
@ResourceLock("the machine of GuardIT")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class GuardIT {
    private static final String ON = "guard: dropped of other DHCP clients: ";
    private static final String NONE = ON + "0 packets by IPv4, 0 by IPv6";

    private Machine machine;
    private String before;

    @BeforeAll
    void boot() {
        machine = Machine.up("--disk");
        machine.install();
    }

    @AfterAll
    void end() {
        machine.close();
    }

    @BeforeEach
    void remember() {
        before = machine.configuration();
    }

    @AfterEach
    void isAsBefore() {
        try {
            assertEquals(before, machine.configuration());
            assertEquals("", rules());
        } finally {
            machine.tried("dhcpcanon disable --yes");
        }
    }

    private String rules() {
        return machine.script("nft list ruleset");
    }

    private String guardLine() {
        return machine.script("dhcpcanon status | grep ^guard: || true");
    }

    private String doctor() {
        return machine.tried("dhcpcanon doctor").text();
    }

    @Test
    void itComesWithTheLeaseAndStaysThroughABootAndGoes() {
        String plan = machine.script("dhcpcanon enable --guard --dry-run");
        assertTrue(plan.contains("start dhcpcanon-guard.service, and have it start at each boot"), plan);
        assertEquals("", rules());

        String said = machine.script("dhcpcanon enable --guard --yes --reconnect");
        assertTrue(said.contains("No other DHCP client can send"), said);
        machine.awaitBound();
        assertEquals(NONE, guardLine());
        assertTrue(doctor().contains("ok       no other DHCP client can send (guard)"), doctor());
        String json = machine.script("dhcpcanon status --json");
        assertTrue(json.contains("\"guard\":{\"state\":\"on\",\"dropped_ipv4\":0,\"dropped_ipv6\":0}"), json);
        assertTrue(machine.script("setpriv --reuid=nobody --clear-groups dhcpcanon status")
                .contains("guard: enabled; only root sees what it drops"));

        machine.reboot();
        machine.awaitAddress();
        machine.awaitBound();
        assertEquals(NONE, guardLine());
        machine.disable();
        assertEquals("", guardLine());
        machine.awaitAddress();
    }

    @Test
    void aClientOfNetworkManagersOwnGetsNothingOutEvenWhenOursIsKilled() {
        machine.script("dhcpcanon enable --guard --yes --reconnect");
        machine.awaitBound();
        machine.script("printf '[main]\\ndhcp=internal\\n' >/etc/NetworkManager/conf.d/99-other.conf");
        long heard = heard();
        machine.script("kill -KILL " + machine.unit("MainPID"));
        machine.restartNetworkManager();
        assertEquals("internal", machine.backend());
        Eventually.holds("dropped", Duration.ofSeconds(20), () -> !guardLine().equals(NONE));
        assertTrue(guardLine().startsWith(ON), guardLine());
        assertEquals(heard, heard());

        machine.script("rm /etc/NetworkManager/conf.d/99-other.conf");
        machine.restartNetworkManager();
        machine.awaitBound();
        machine.disable();
    }

    /** Messages of clients that the server has seen. */
    private long heard() {
        return machine.received("DISCOVER") + machine.requests();
    }

    @Test
    void whatTakesItAwayIsNoticedAndItAloneCanBeStopped() {
        machine.script("dhcpcanon enable --yes --backend-only");
        String said = machine.script("dhcpcanon enable --guard --yes --backend-only");
        assertTrue(said.contains("It is enabled already."), said);
        assertEquals(NONE, guardLine());
        machine.script("nft flush ruleset");
        assertTrue(guardLine().startsWith("guard: NOT in force"), guardLine());
        assertTrue(doctor().contains("problem  the guard is enabled and not in force"), doctor());
        machine.script("dhcpcanon enable --guard --yes --backend-only");
        assertEquals(NONE, guardLine());

        machine.script("ip link add late type veth peer name far");
        assertTrue(doctor().contains("problem  interfaces are not guarded: "), doctor());
        machine.script("systemctl reload dhcpcanon-guard");
        assertTrue(doctor().contains("ok       no other DHCP client can send (guard)"), doctor());
        machine.script("ip link del late");

        machine.script("dhcpcanon disable --guard --yes");
        assertEquals("", rules());
        assertEquals("dhclient", machine.backend());
        assertEquals("There is no guard.", machine.script("dhcpcanon disable --guard --yes"));
        machine.disable();
    }

    @Test
    void whereItIsNotPossibleNothingIsChanged() {
        machine.script("mv /usr/sbin/nft /usr/sbin/nft.away");
        Shell.Output output = machine.tried("dhcpcanon enable --guard --yes");
        machine.script("mv /usr/sbin/nft.away /usr/sbin/nft");
        assertEquals(1, output.status());
        assertTrue(
                output.text().contains("there is no nft: install the package nftables. Nothing was changed."),
                output.text());
        assertEquals("internal", machine.backend());
    }

    /** udev is not running here: an interface that comes is its business. */
    @Test
    void udevGuardsAnInterfaceThatComes() {
        String told = "udevadm test -a add /sys/class/net/eth0 2>&1";
        String run = "run: '/usr/lib/dhcpcanon/bin/dhcpcanon-guard add'";
        assertFalse(machine.script(told).contains(run));
        machine.script("dhcpcanon enable --guard --yes --backend-only");
        assertTrue(machine.script(told).contains(run));
        machine.disable();
    }
}
