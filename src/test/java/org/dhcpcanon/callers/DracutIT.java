package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The network-legacy module of Debian's dracut 059, put where an initramfs has it: its ifup calls dhclient with its own script, with
 * no bus. A Java in an initramfs is out of reach for most; the call is the same one.
 *
 * <p>The server gives no classless routes: of those its script makes an error in dash, whoever the client is.
 */
@Execution(ExecutionMode.CONCURRENT)
class DracutIT {
    private static final Path ROOT = Unpacked.packages("dracut-network", "dracut-core", "iputils-arping");
    private static final String LINE = "dhclient -4 --timeout 3 -q -1 -cf /etc/dhclient.conf -pf /tmp/dhclient.eth0.pid"
            + " -lf /tmp/dhclient.eth0.lease eth0";
    private static final String FILES = "ls /tmp/dhclient.eth0.pid /tmp/dhclient.eth0.lease 2>/dev/null || true";

    private static Host initramfs(String... options) {
        Host host = Host.alone(options);
        host.script("cd " + ROOT
                + "/usr/lib/dracut; cp modules.d/99base/dracut*-lib.sh modules.d/40network/net-lib.sh /lib/;"
                + " for name in getarg getargs; do cp dracut-util /usr/bin/dracut-$name; done; cp " + ROOT
                + "/usr/bin/arping /usr/bin/;"
                + " cd modules.d/35network-legacy; install ifup.sh /sbin/ifup; install dhclient-script.sh /sbin/dhclient-script;"
                + " cp dhclient.conf /etc/; echo 'send host-name \"canary-host\";' >>/etc/dhclient.conf;"
                + " printf '#!/bin/sh\\n' >/sbin/netroot; chmod +x /sbin/netroot; mkdir -p /lib/dracut/hooks/initqueue/finished;"
                + " echo ip=dhcp rd.net.timeout.dhcp=3 >/tmp/cmdline; mount --bind /tmp/cmdline /proc/cmdline");
        return host;
    }

    private static Shell.Output inInitramfs(Host host, String command) {
        return host.tried("export PATH_DHCLIENT_SCRIPT=/sbin/dhclient-script; " + command);
    }

    @Test
    void itsInterfaceIsUpUntilItsCleanup() {
        try (Host host = initramfs("--plain")) {
            String said = inInitramfs(host, "/sbin/ifup eth0").ok();
            assertTrue(said.contains("dhcp: PREINIT eth0 up") && said.contains("dhcp: BOUND setting up eth0"), said);
            assertTrue(host.address().startsWith("10.77.0."), host.address());
            assertEquals(2, host.script(FILES).lines().count());
            String options = host.script("cat /tmp/dhclient.eth0.dhcpopts");
            assertTrue(options.contains("new_ip_address='10.77.0."), options);

            host.script("sh -c '. /lib/dracut-lib.sh; . /lib/dracut/hooks/initqueue/setup_net_eth0.sh'");
            assertEquals(
                    "default via 10.77.0.1 dev eth0",
                    host.script("ip route show default").strip());
            assertEquals("nameserver 10.77.0.1\nnameserver 10.77.0.6", host.script("cat /etc/resolv.conf"));

            // Its status is that of a KILL to whoever has obeyed TERM.
            host.tried("sh " + ROOT + "/usr/lib/dracut/modules.d/35network-legacy/kill-dhclient.sh");
            host.awaitNoClient();
            host.isUnknown();
        }
    }

    @Test
    void theLackOfALeaseIsToldByTheStatusAndLeavesNoFiles() {
        try (Host host = initramfs("--server", "none")) {
            String said = inInitramfs(host, "/sbin/ifup eth0").text();
            assertTrue(said.contains("dhcp for interface eth0 failed"), said);
            assertEquals("", host.script(FILES));
            host.script("rm -f /lib/dracut/hooks/initqueue/*.sh");
            assertEquals(2, inInitramfs(host, LINE).status());
            assertEquals("", host.script(FILES));
            host.awaitNoClient();
            host.isUnknown();
        }
    }
}
