package org.dhcpcanon.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dhcpcanon.lab.Container;
import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No systemd, no bus, disks that are full or read-only, scripts that misbehave: the client, the service and the lease live. */
@Execution(ExecutionMode.CONCURRENT)
class BrokenSurroundingsIT {
    private static final String NAMES = "nameserver 10.77.0.1";

    /** With a renewal every four seconds. */
    private static Container renewing(String... options) {
        String[] all =
                java.util.Arrays.copyOf(new String[] {"--lease", "120", "--t1", "4", "--t2", "90"}, 6 + options.length);
        System.arraycopy(options, 0, all, 6, options.length);
        return Container.up(all);
    }

    private static void assertLeased(Container container, Shell.Output output) {
        assertEquals(0, output.status(), output.text());
        assertTrue(container.address("eth0").startsWith("10.77.0."), output.text());
    }

    @ParameterizedTest
    @CsvSource({"-r, 1", "-x, 0"})
    void aContainerGetsALeaseAndItsEndLeavesNothing(String flag, int releases) {
        try (Container container = Container.up()) {
            assertLeased(container, container.lease(""));
            assertTrue(container.script("cat /etc/resolv.conf").contains(NAMES));
            assertTrue(container.script("ip route").contains("10.88.0.0/16 via 10.77.0.9"));
            container.end(flag);
            assertEquals("", container.address("eth0"));
            assertEquals(
                    "",
                    container.script("cat /etc/resolv.conf 2>/dev/null; ip route; ls /lab/pid 2>/dev/null || true"));
            assertEquals(releases, container.packets("eth0", "RELEASE"));
            container.await("the end of the service", () -> container.services() == 0);
            assertEquals("script", container.script("ls /run/dhcpcanon"));
        }
    }

    @Test
    void whereEtcIsReadOnlyTheAddressIsSetAndTheRestIsSaid() {
        try (Container container = Container.up()) {
            container.script("mkdir /root/system; mount --rbind / /root/system; mount --bind /etc /root/system/etc;"
                    + " mount -o remount,bind,ro /root/system/etc; ! touch /root/system/etc/x 2>/dev/null");
            Shell.Output output = container.tried("chroot /root/system " + Container.dhclient("-1 -v") + "eth0");
            assertLeased(container, output);
            assertTrue(
                    output.text().contains("dhcpcanon-script: eth0: cannot write beside /etc/resolv.conf:"),
                    output.text());
            assertEquals("", container.script("cat /etc/resolv.conf"));
            assertEquals(1, container.services());
        }
    }

    /** As it is in a container: it cannot be removed. */
    @Test
    void aResolvConfThatIsMountedAndWasEmptyIsEmptyAgain() {
        try (Container container = Container.up()) {
            container.script(": >/lab/resolv; mount --bind /lab/resolv /etc/resolv.conf");
            assertLeased(container, container.lease(""));
            assertTrue(container.file("resolv").contains(NAMES));
            container.end("-x");
            assertEquals("", container.file("resolv"));
        }
    }

    @Test
    void aDiskThatIsFullTakesNoLeaseFileAndNoPidFileAndTheLeaseStays() {
        try (Container container = renewing()) {
            container.script(
                    "mkdir /full; mount -t tmpfs -o size=8k full /full; cat /dev/zero >/full/fill 2>/dev/null || true");
            Shell.Output output = container.lease("-lf /full/leases -pf /full/pid");
            assertLeased(container, output);
            assertEquals(
                    1,
                    output.text()
                            .lines()
                            .filter("dhclient: cannot write /full/leases."::equals)
                            .count());
            assertTrue(output.text().contains("Can't create /full/pid."), output.text());
            container.awaitPackets("REQUEST", 3);
            assertEquals(1, container.services());
            container.end("-x");
            container.await("the end of the service", () -> container.services() == 0);
            assertEquals("", container.address("eth0"));
            assertEquals(0, container.packets("eth0", "DECLINE"));
        }
    }

    @Test
    void aRunThatIsFullEndsItAtOnceAndSaysWhy() {
        try (Container container = Container.up()) {
            fill(container, "8k");
            Shell.Output output = container.lease("");
            assertEquals(1, output.status());
            assertTrue(
                    output.text().matches("dhclient cannot write into /run/dhcpcanon/shim\\.[0-9]+\\.\n"),
                    output.text());
            assertEquals("fill", container.script("ls /run/dhcpcanon"));
            assertEquals(0, container.packets("eth0", "DISCOVER"));
        }
    }

    private static void fill(Container container, String size) {
        container.script("mkdir -p /run/dhcpcanon; mount -t tmpfs -o mode=755,size=" + size
                + " full /run/dhcpcanon; cat /dev/zero >/run/dhcpcanon/fill 2>/dev/null || true");
    }

    @Test
    void aRunThatIsFullLaterLosesNoLease() {
        try (Container container = renewing()) {
            container.script("mkdir /run/dhcpcanon; mount -t tmpfs -o mode=755,size=200k small /run/dhcpcanon");
            assertLeased(container, container.lease(""));
            String address = container.address("eth0");
            container.script("cat /dev/zero >/run/dhcpcanon/fill 2>/dev/null || true");
            container.awaitPackets("ACK", 3);
            assertEquals("", container.script("find /run/dhcpcanon -name 'e*.[0-9]*'"), "nobody comes back for these");
            container.killServices();
            container.await("another service", () -> container.services() == 1);
            int acks = container.packets("eth0", "ACK");
            container.awaitPackets("ACK", acks + 1);
            assertEquals(address, container.address("eth0"));
            assertEquals(1, container.packets("eth0", "DISCOVER"), "the lease was not resumed");

            container.script("rm /run/dhcpcanon/fill");
            int left = container.validSeconds();
            container.await("the address has its time again", () -> container.validSeconds() > left);
            container.end("-x");
            assertEquals("", container.address("eth0"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rm /lab/script", "chmod -x /lab/script"})
    void aScriptThatCannotBeRunIsSaidAndTheLeaseIsUsed(String how) {
        try (Container container = renewing()) {
            container.callersScript("");
            container.script(how);
            Shell.Output output = container.leaseByCallersScript("");
            assertEquals(0, output.status());
            assertTrue(output.text().contains("dhclient: /lab/script is not an executable file."), output.text());
            container.awaitPackets("REQUEST", 2);
            assertEquals(0, container.packets("eth0", "DECLINE"));
        }
    }

    @Test
    void aScriptThatVanishesLosesNoLease() {
        try (Container container = renewing()) {
            container.callersScript("");
            assertEquals(0, container.leaseByCallersScript("").status());
            container.script("rm /lab/script");
            container.awaitPackets("ACK", 3);
            assertEquals(1, container.services());
            container.callersScript("");
            container.await("it is told again", () -> container.told().contains("RENEW"));
            assertEquals(0, container.packets("eth0", "DECLINE"));
        }
    }

    @Test
    void aScriptThatIsKilledHasSaidNothing() {
        try (Container container = renewing()) {
            container.callersScript("kill -KILL $$");
            assertEquals(0, container.leaseByCallersScript("").status());
            container.await("a renewal", () -> container.told().contains("RENEW"));
            assertEquals(List.of("PREINIT", "BOUND"), container.told().subList(0, 2));
            assertEquals(0, container.packets("eth0", "DECLINE"));
        }
    }

    @Test
    void aScriptThatFailsDeclinesTheAddress() {
        try (Container container = Container.up()) {
            container.callersScript("[ \"$reason\" != BOUND ] || exit 3");
            Shell.Output output = container.leaseByCallersScript("");
            assertEquals(2, output.status(), output.text());
            assertTrue(output.text().contains("DHCPDECLINE of 10.77.0."), output.text());
            assertEquals(1, container.packets("eth0", "DECLINE"));
            container.await("the end of the service", () -> container.services() == 0);
        }
    }

    @Test
    void aScriptThatFailsWhenALeaseIsOverChangesNothing() {
        try (Container container = Container.up("--server", "dhcpd", "--lease", "12")) {
            container.callersScript("[ \"$reason\" != EXPIRE ] || exit 1");
            assertEquals(0, container.leaseByCallersScript("").status());
            container.noServer();
            container.await("the end of the lease", () -> container.told().contains("EXPIRE"));
            int discovers = container.packets("eth0", "DISCOVER");
            container.awaitPackets("DISCOVER", discovers + 1);
            List<String> told = container.told();
            assertEquals(List.of("EXPIRE", "PREINIT"), told.subList(told.size() - 2, told.size()));
            assertEquals(0, container.packets("eth0", "DECLINE"));
        }
    }

    @Test
    void aScriptReadsNothingOfItsCallersInput() {
        try (Container container = Container.up()) {
            container.callersScript("cat >>/lab/input");
            assertEquals(
                    0,
                    container
                            .tried("echo hello | " + Container.dhclient("-1 -sf /lab/script") + "eth0")
                            .status());
            assertEquals(List.of("PREINIT", "BOUND"), container.told());
            assertEquals("", container.file("input"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOUND", "RENEW"})
    void aScriptThatHangsHoldsUpNobodyElse(String reason) {
        try (Container container = renewing("--interfaces", "2")) {
            container.callersScript("[ \"$interface $reason\" != 'eth0 " + reason + "' ] || exec sleep 300");
            container.bus();
            container.script(Container.dhclient("-nw -sf /lab/script -pf /lab/other") + "eth0");
            container.await("the script hangs", () -> container.told().contains(reason));
            assertEquals(
                    0,
                    container
                            .tried(Container.dhclient("-1 -sf /lab/script") + "eth1")
                            .status());
            container.await("the others' renewal", () -> container.packets("eth1", "ACK") > 2);
            assertTrue(container.packets("eth0", "ACK") > 1, "it is renewed itself");
            assertEquals(0, container.packets("eth0", "DECLINE"));
            container.script(Container.dhclient("-x -sf /bin/true -pf /lab/other") + "eth0");
            container.await(
                    "its end",
                    () -> container
                            .script("pgrep -x sleep -a | grep -c ' 300' || true")
                            .equals("0"));
        }
    }

    @Test
    void whereTheBusDoesNotKnowTheServiceTheClientHasOneOfItsOwn() {
        try (Container container = Container.up()) {
            container.bus();
            container.script(
                    "rm /usr/share/dbus-1/system-services/org.dhcpcanon1.service; kill -HUP $(cat /run/dbus/pid)");
            assertNotEquals(0, container.tried("busctl status org.dhcpcanon1").status());
            Shell.Output output = container.lease("");
            assertLeased(container, output);
            assertEquals(1, container.services());
            assertFalse(output.text().contains("does not answer"), output.text());
            container.end("-r");
            assertEquals("", container.address("eth0"));
            assertEquals(1, container.packets("eth0", "RELEASE"));
        }
    }
}
