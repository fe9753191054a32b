package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.dhcpcanon.lab.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The system bus is another program's, or is gone for a while. */
@Execution(ExecutionMode.CONCURRENT)
class BusIT {
    private static final String SHIM = "/usr/lib/dhcpcanon/bin/dhclient -d -q -sf /bin/true -pf /run/by-hand.pid"
            + " -lf /run/by-hand.leases eth0";

    @Test
    void dbusBrokerCarriesAllOfIt() {
        try (Machine machine = Machine.up("--broker")) {
            assertEquals("dbus-broker.service", machine.script("systemctl show -P Id dbus.service"));
            machine.install();
            assertEquals("inactive", machine.unit("ActiveState"));
            machine.enable();
            machine.awaitBound();
            assertTrue(machine.script("dhcpcanon status").contains(" " + machine.address() + " "));
            long requests = machine.requests();
            machine.script("dhcpcanon renew eth0");
            Eventually.holds("renewed", Duration.ofSeconds(30), () -> machine.requests() > requests);

            // The shim has the bus start it anew.
            String old = machine.unit("MainPID");
            machine.script("systemctl stop dhcpcanon");
            Eventually.holds(
                    "started anew",
                    Duration.ofSeconds(30),
                    () -> !List.of(old, "0").contains(machine.unit("MainPID")));
            machine.awaitBound();
            assertTrue(machine.connected());
        }
    }

    /**
     * By hand, and without NetworkManager: that is ended by systemd when the bus returns, and ends its clients. Our service may be replaced
     * then, too, if systemd looks for its name before it has it again; the shim sees to it that the lease goes on.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "--broker"})
    void aLeaseOutlivesHalfAMinuteWithoutABus(String option) {
        try (Machine machine = option.isEmpty() ? Machine.up() : Machine.up(option)) {
            machine.install();
            machine.script("systemctl mask --now --runtime NetworkManager; ip link set eth0 up");
            machine.script("setsid " + SHIM + " </dev/null >/tmp/by-hand.log 2>&1 &");
            machine.awaitBound();
            String lease = lease(machine);
            String pid = machine.unit("MainPID");
            long requests = machine.requests();
            loseBus(machine);
            machine.script("sleep 25");
            assertEquals("activating", machine.script("systemctl show -P ActiveState dbus.service"));
            assertEquals(pid, machine.unit("MainPID"));

            Eventually.holds(
                    "the bus is back",
                    Duration.ofSeconds(30),
                    () -> machine.script("systemctl show -P ActiveState dbus.service")
                            .equals("active"));
            machine.awaitBound();
            assertEquals(lease, lease(machine));
            assertEquals(requests, machine.requests(), "the lease went on, and was not asked for anew");
            machine.script("kill -0 $(cat /run/by-hand.pid)");
        }
    }

    private static void loseBus(Machine machine) {
        machine.script("unit=$(systemctl show -P Id dbus.service); mkdir -p /run/systemd/system/$unit.d;"
                + " printf '[Service]\\nExecStartPre=/bin/sleep 30\\n' >/run/systemd/system/$unit.d/late.conf;"
                + " systemctl daemon-reload; systemctl kill -s KILL $unit");
    }

    private static String lease(Machine machine) {
        return machine.script(
                "dhcpcanon show --json eth0 | tr , '\\n' | grep -E '\"(address|server|state|ip_address)\"'");
    }
}
