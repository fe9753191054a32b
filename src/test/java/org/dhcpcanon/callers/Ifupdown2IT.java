package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** ifupdown2, which takes a client for running only if the file that its process executes is called dhclient; ours is sh. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
// Of which its own methods must not run beside each other.
@ResourceLock("the machine of Ifupdown2IT")
class Ifupdown2IT {
    private static final String PID = "cat /run/dhclient.eth0.pid";

    private BootedHost host;

    @BeforeAll
    void boot() {
        host = BootedHost.up(
                "libpython3.11-minimal",
                "python3.11-minimal",
                "python3-minimal",
                "media-types",
                "libnsl2",
                "libpython3.11-stdlib",
                "python3.11",
                "libpython3-stdlib",
                "python3",
                "ifupdown2");
        // Its installation starts it, and it has a lock. The brackets keep the shell from finding itself.
        host.script(
                "systemctl start networking; while pgrep -f '[/]usr/share/ifupdown2' >/dev/null; do sleep 0.2; done");
        host.interfaces("auto lo", "iface lo inet loopback", "auto eth0", "iface eth0 inet dhcp");
    }

    @AfterAll
    void end() {
        host.close();
    }

    @Test
    void aLeaseComesAndGoesAndComesAgain() {
        host.assertComesAndGoesTwice();
    }

    /** It does not know that the client runs, so it ends it first, and waits for a new lease. */
    @Test
    void upOnceMoreReplacesTheClient() {
        host.script("ifup eth0");
        String pid = host.script(PID);
        host.script("ifup eth0");
        host.assertBound();
        assertNotEquals(pid, host.script(PID));
        assertEquals("1", host.script("ps -C dhclient -o pid= | wc -l"));
        Shell.Output check = host.tried("ifquery --check eth0");
        assertEquals(1, check.status(), check.text());
        assertTrue(check.text().contains("[fail]"), check.text());
        host.script("ifdown eth0");
        host.assertGone();
    }

    /** For the same reason it ends none whose line is gone, and a person must. */
    @Test
    void aClientWhoseLineIsRemovedGoesOn() {
        host.script("ifup eth0");
        String pid = host.script(PID);
        host.interfaces("auto lo", "iface lo inet loopback", "auto eth0", "iface eth0");
        host.tried("ifreload -a");
        // It has set the link down and up and removed the address, and a link takes up to a second to tell of it.
        host.awaitBound();
        assertEquals(pid, host.script(PID));
        host.script("dhclient -x eth0");
        host.interfaces("auto lo", "iface lo inet loopback", "auto eth0", "iface eth0 inet dhcp");
        host.script("rm -f /run/dhclient.eth0.pid");
        host.assertGone();
    }
}
