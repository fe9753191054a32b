package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A machine whose {@code networking.service} brings eth0 up when it boots, by Debian's ifupdown, maybe before there is a bus. */
// Of which its own methods must not run beside each other.
@ResourceLock("the machine of RebootIT")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class RebootIT {
    private static final String AFTER = "/etc/systemd/system/networking.service.d";
    private static final String LATE = "/etc/systemd/system/dbus.socket.d";

    private BootedHost host;

    @BeforeAll
    void boot() {
        host = BootedHost.withDisk("ifupdown");
        host.interfaces("auto lo", "iface lo inet loopback", "auto eth0", "iface eth0 inet dhcp");
    }

    @AfterAll
    void end() {
        host.close();
    }

    private void rebootToALease() {
        String before = host.script("stat -c %Z /proc/1");
        long heard = host.heard();
        host.reboot();
        assertNotEquals(before, host.script("stat -c %Z /proc/1"));
        assertEquals("active", host.script("systemctl is-active networking dbus | sort -u"));
        host.assertConfigured();
        host.assertAnonymousSince(heard);
    }

    private String begun(String unit) {
        return host.script("systemctl show -P ActiveEnterTimestampMonotonic " + unit);
    }

    /** Debian leaves it open whether the bus is there first. */
    @Test
    void theBootHasTheLeaseByTheServiceOfAll() {
        host.script("mkdir -p " + AFTER + "; printf '[Unit]\\nAfter=dbus.socket\\n' >" + AFTER + "/bus.conf");
        rebootToALease();
        host.script("rm -r " + AFTER);
        assertEquals("bound", host.clientState());
        host.script("ifdown eth0");
        host.assertGone();
    }

    /** The client stays that of a service of its own, also when there is a bus to ask it by for its end. */
    @Test
    void aBusThatComesLaterIsNotWaitedForAndDoesNotMatterToTheEnd() {
        host.script("mkdir -p " + LATE + "; printf '[Unit]\\nAfter=networking.service\\n' >" + LATE + "/late.conf");
        rebootToALease();
        assertFalse(
                Long.parseLong(begun("dbus.socket")) < Long.parseLong(begun("networking.service")),
                "the bus was there before");
        assertEquals("inactive", host.script("systemctl is-active dhcpcanon || true"));
        assertFalse(host.script("ls -d /run/dhcpcanon/shim.*").isEmpty());
        host.script("ifdown eth0");
        host.assertGone();
        host.script("ifup eth0");
        host.assertBound();
        host.script("ifdown eth0; rm -r " + LATE);
        host.assertGone();
    }
}
