package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.dhcpcanon.lab.Eventually;

/** What an enabled machine goes through, whatever its route is; the lease of eth0 is ours again after each. */
final class Life {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Machine machine;
    private final String connection;

    /** eth0 has a lease of ours, by the connection that it is to live with. */
    Life(Machine machine) {
        this.machine = machine;
        connection = machine.script("nmcli -g GENERAL.CON-UUID device show eth0");
    }

    String connection() {
        return connection;
    }

    void goThrough() {
        goDownAndUp();
        renew();
        loseTheLink();
        restartNetworkManager();
        killTheService();
        isRefused();
        outliveALease();
        meetAConflict();
    }

    private void awaitLease() {
        machine.awaitAddress();
        machine.awaitBound();
    }

    void goDown() {
        machine.script("nmcli connection down " + connection);
        Eventually.holds("no client", SOON, () -> machine.clientState().isEmpty());
        assertEquals("", machine.address());
    }

    void goUp() {
        machine.script("nmcli connection up " + connection);
        assertTrue(machine.address().startsWith("10.77.0."), "up is up with an address");
        awaitLease();
    }

    private void goDownAndUp() {
        goDown();
        assertEquals(0, machine.received("RELEASE"));
        goUp();
    }

    private void renew() {
        String address = machine.address();
        long requests = machine.requests();
        machine.script("dhcpcanon renew eth0");
        Eventually.holds("renewed", SOON, () -> machine.requests() > requests);
        awaitLease();
        assertEquals(address, machine.address());
    }

    private void loseTheLink() {
        long requests = machine.requests();
        machine.cable("down");
        Eventually.holds("offline", SOON, () -> machine.clientState().equals("offline"));
        machine.cable("up");
        Eventually.holds("asked anew", Duration.ofSeconds(40), () -> machine.requests() > requests);
        awaitLease();
    }

    private void restartNetworkManager() {
        machine.restartNetworkManager();
        awaitLease();
    }

    private void killTheService() {
        String address = machine.address();
        long requests = machine.requests();
        String pid = machine.unit("MainPID");
        machine.script("kill -KILL " + pid);
        Eventually.holds("replaced", SOON, () -> !machine.unit("MainPID").equals(pid));
        awaitLease();
        assertEquals(address, machine.address());
        assertEquals(requests, machine.requests(), "the lease was resumed, not asked for anew");
    }

    /** By NAK: another server has come. */
    private void isRefused() {
        String address = machine.address();
        machine.serve("short");
        machine.script("dhcpcanon renew eth0");
        Eventually.holds(
                "another address",
                Duration.ofSeconds(30),
                () -> !machine.address().isEmpty()
                        && !machine.address().contains(address)
                        && !machine.address().contains("\n"));
        awaitLease();
    }

    /** That comes from the server of {@link #isRefused}. */
    private void outliveALease() {
        machine.serve("none");
        Eventually.holds(
                "no address", Duration.ofSeconds(30), () -> machine.address().isEmpty());
        assertNotEquals("bound", machine.clientState());
        machine.serve("ordinary");
        awaitLease();
    }

    /**
     * With a host that has the address; whoever takes the lease finds that out. The server offers it again, as the hardware address stays
     * what it was.
     */
    private void meetAConflict() {
        String address = machine.address().replaceAll("/.*", "");
        machine.script("nmcli connection modify " + connection + " 802-3-ethernet.cloned-mac-address "
                + machine.script("cat /sys/class/net/eth0/address") + " ipv4.dad-timeout 1000");
        goDown();
        Process neighbour = machine.neighbour(address);
        try {
            machine.script("nmcli --wait 0 connection up " + connection);
            Eventually.holds("declined", SOON, () -> machine.received("DECLINE") > 0);
            Eventually.holds("another", Duration.ofSeconds(40), machine::connected);
            awaitLease();
            assertNotEquals(address, machine.address().replaceAll("/.*", ""));
        } finally {
            neighbour.destroyForcibly();
        }
        machine.script(
                "nmcli connection modify " + connection + " 802-3-ethernet.cloned-mac-address '' ipv4.dad-timeout -1");
        goDown();
        goUp();
    }
}
