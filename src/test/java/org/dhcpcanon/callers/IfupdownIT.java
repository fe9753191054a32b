package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.dhcpcanon.lab.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Debian's ifupdown, on one machine; each test leaves eth0 down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
// Of which its own methods must not run beside each other.
@ResourceLock("the machine of IfupdownIT")
class IfupdownIT {
    private BootedHost host;

    @BeforeAll
    void boot() {
        host = BootedHost.up("ifupdown");
    }

    @AfterAll
    void end() {
        host.close();
    }

    /** Also after a test that failed. */
    @AfterEach
    void down() {
        host.tried("ifdown --force eth0");
    }

    @Test
    void aLeaseComesAndGoesAndComesAgain() {
        host.interfaces("iface eth0 inet dhcp");
        host.assertComesAndGoesTwice();
    }

    /** With an identifier, which Debian's ifupdown asks for by -i, and more that identifies: none is sent, and that is said. */
    @Test
    void whatIdentifiesIsNotSentAndReported() {
        host.interfaces("iface eth0 inet dhcp", " hostname canary-name", " vendor canary-class", " client canary");
        long heard = host.heard();
        String said = host.script("ifup -v eth0 2>&1");
        assertTrue(
                said.contains("dhclient -4 -v $CLIENT -pf /run/dhclient.eth0.pid -lf /var/lib/dhcp/dhclient.eth0.leases"
                        + " -I -df /var/lib/dhcp/dhclient6.eth0.leases eth0"),
                said);
        assertTrue(said.lines().anyMatch(line -> line.startsWith("bound to 10.77.0.")), said);
        host.assertBound();
        host.assertAnonymousSince(heard);
        String status = host.script("dhcpcanon status -v");
        assertTrue(status.contains("suppressed: dhcp-client-identifier (61) from flag -i"), status);
        host.script("ifdown eth0");
        host.assertGone();
    }

    @Test
    void theExactLineOfDebianWorks() {
        long heard = host.heard();
        String said =
                host.script("/sbin/dhclient -4 -v -i -pf /run/dhclient.eth0.pid -lf /var/lib/dhcp/dhclient.eth0.leases"
                        + " -I -df /var/lib/dhcp/dhclient6.eth0.leases eth0 2>&1");
        assertTrue(said.lines().anyMatch(line -> line.startsWith("DHCPACK of 10.77.0.")), said);
        host.assertBound();
        host.assertAnonymousSince(heard);
        host.script("/sbin/dhclient -4 -v -i -r -pf /run/dhclient.eth0.pid -lf /var/lib/dhcp/dhclient.eth0.leases"
                + " -I -df /var/lib/dhcp/dhclient6.eth0.leases eth0; ip link set eth0 down");
        host.assertGone();
    }

    @Test
    void aRandomHardwareAddressIsTheOneThatTheServerSees() {
        host.interfaces("iface eth0 inet dhcp", " hwaddress random");
        String before = host.hardwareAddress();
        long heard = host.heard();
        host.script("ifup eth0");
        host.assertBound();
        host.assertAnonymousSince(heard);
        String now = host.hardwareAddress();
        assertNotEquals(before, now);
        assertTrue(host.script("tail -n +" + (heard + 1) + " /lab/server.log").contains(" " + now + " "));
        host.script("ifdown eth0");
        host.assertGone();
    }

    @Test
    void theMetricIsThatOfTheRoute() {
        host.interfaces("iface eth0 inet dhcp", " metric 77");
        host.script("ifup eth0");
        host.assertBound();
        assertTrue(host.script("ip route show default").contains(" metric 77"));
        host.script("ifdown eth0");
        host.assertGone();
    }

    /** As the boot does it: by the unit, before there is anybody to ask on the bus for us. */
    @Test
    void theBootBringsItUp() {
        host.interfaces("auto lo", "iface lo inet loopback", "auto eth0", "iface eth0 inet dhcp");
        host.script("systemctl stop dhcpcanon; systemctl restart networking");
        host.assertBound();
        assertEquals("active", host.script("systemctl is-active networking"));
        host.script("systemctl stop networking");
        Eventually.holds("down", Duration.ofSeconds(5), () -> host.clientState().isEmpty());
        host.assertGone();
    }

    @Test
    void aBusThatIsStoppedIsNotNeeded() {
        host.interfaces("iface eth0 inet dhcp");
        host.script("systemctl stop dbus.socket dbus.service dhcpcanon.service");
        long heard = host.heard();
        try {
            host.script("timeout 20 ifup eth0");
            host.assertConfigured();
            host.assertAnonymousSince(heard);
            assertFalse(host.script("ls -d /run/dhcpcanon/shim.*").isEmpty());
            host.script("timeout 20 ifdown eth0");
            host.assertUnconfigured();
        } finally {
            host.script("systemctl start dbus.socket dbus.service");
        }
    }
}
