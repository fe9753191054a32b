package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.dhcpcanon.boot.Machine;
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

/** {@code dhcpcanon enable --dhclient}, on one machine with NetworkManager; each test leaves it as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
// Of which its own methods must not run beside each other.
@ResourceLock("the machine of DiversionIT")
class DiversionIT {
    private static final String OURS = "/usr/lib/dhcpcanon/sbin/dhclient";
    private static final String INSTALL_ISC = "dpkg -i /lab/isc-dhcp-client_*.deb";

    private Machine machine;
    private String before;

    @BeforeAll
    void boot() {
        machine = Machine.up();
        machine.install();
        String isc = Shell.run(List.of(
                        Path.of("test-fixtures/lab/debs").toAbsolutePath().toString(), "isc-dhcp-client"))
                .ok()
                .strip();
        Shell.run(List.of("cp", isc, machine.state().toString())).ok();
    }

    @AfterAll
    void end() {
        machine.close();
    }

    @BeforeEach
    void remember() {
        before = dhclients();
        assertTrue(machine.script("/sbin/dhclient --version 2>&1").startsWith("isc-dhclient-4.4.3-P1"));
    }

    @AfterEach
    void isAsBefore() {
        try {
            assertEquals(before, dhclients());
        } finally {
            machine.tried("dhcpcanon disable --yes");
        }
    }

    /** All that could be changed. */
    private String dhclients() {
        return machine.script(
                "ls -l /sbin/dhclient* /usr/sbin/dhclient* 2>&1 || true; md5sum /usr/sbin/dhclient* || true;"
                        + " dpkg-divert --list; find /etc/NetworkManager /etc/systemd/system -name '*dhcpcanon*'");
    }

    private String enable(String... options) {
        return machine.script("dhcpcanon enable --dhclient " + String.join(" ", options));
    }

    private void assertOurs() {
        for (String name : List.of("/sbin/dhclient", "/usr/sbin/dhclient")) {
            assertEquals(OURS, machine.script("readlink " + name));
            String version = machine.script(name + " --version 2>&1");
            assertTrue(version.contains("dhcpcanon"), version);
        }
    }

    @Test
    void itIsDoneOnceAndUndone() {
        assertTrue(enable("--dry-run").contains("make /usr/sbin/dhclient a link to " + OURS));
        assertEquals(before, dhclients());
        enable("--yes");
        assertOurs();
        assertEquals("dhclient is dhcpcanon already.", enable("--yes"));
        assertTrue(machine.script("dhcpcanon disable --dry-run").contains("have dhclient be what it was before"));
        assertOurs();
        machine.script("dhcpcanon disable --yes");
        assertEquals("It is not enabled.", machine.script("dhcpcanon disable --yes"));
        assertEquals(
                2, machine.tried("dhcpcanon enable --dhclient --backend-only").status());
    }

    @Test
    void thePackageOfIscComesAndGoesBesideIt() {
        enable("--yes");
        machine.script(INSTALL_ISC);
        assertOurs();
        machine.script("dpkg -r isc-dhcp-client");
        assertOurs();
        assertEquals("", machine.script("ls /usr/sbin | grep -F dhclient.isc || true"));
        machine.script("dhcpcanon disable --yes; ! ls /usr/sbin/dhclient");
        enable("--yes");
        assertOurs();
        machine.script(INSTALL_ISC);
        assertOurs();
        machine.script("dhcpcanon disable --yes");
        assertEquals("", machine.script("dpkg -V isc-dhcp-client | grep -v ' c ' || true"));
    }

    @Test
    void withoutDpkgTheFileIsRenamed() {
        machine.script("mv /usr/bin/dpkg-divert /usr/bin/dpkg-divert.away");
        try {
            enable("--yes");
            assertOurs();
            assertEquals("ELF", machine.script("head -c 4 /usr/sbin/dhclient.isc | tr -cd A-Z"));
            machine.script("dhcpcanon disable --yes");
        } finally {
            machine.script("mv /usr/bin/dpkg-divert.away /usr/bin/dpkg-divert");
        }
    }

    @Test
    void aFileThatIsInTheWayIsLeftAndNothingIsChanged() {
        machine.script("mv /usr/bin/dpkg-divert /usr/bin/dpkg-divert.away; touch /usr/sbin/dhclient.isc");
        Shell.Output output = machine.tried("dhcpcanon enable --dhclient --yes");
        machine.script("rm /usr/sbin/dhclient.isc; mv /usr/bin/dpkg-divert.away /usr/bin/dpkg-divert");
        assertEquals(1, output.status(), output.text());
        assertTrue(output.text().contains("nothing is changed now"), output.text());
    }

    /** NetworkManager's drop-in hides /usr/sbin/dhclient, and what a link there leads to. */
    @Test
    void networkManagerUsesUsBesideItInEitherOrder() {
        enable("--yes");
        machine.enable();
        assertOurs();
        assertWell();
        machine.script("dhcpcanon disable --yes");
        assertEquals(before, dhclients());

        machine.enable();
        enable("--yes");
        assertWell();
        machine.restartNetworkManager();
        assertWell();
        machine.script("dhcpcanon disable --yes");
    }

    private void assertWell() {
        machine.awaitBound();
        assertEquals("dhclient", machine.backend());
        String said = machine.tried("dhcpcanon doctor").ok();
        assertTrue(said.contains("eth0 has its lease by dhcpcanon"), said);
        assertTrue(said.contains("whoever starts dhclient starts dhcpcanon"), said);
    }

    @Test
    void aMachineWithoutNetworkManagerIsToldTheWayAndIsWellWithIt() {
        machine.script("systemctl mask --now --runtime NetworkManager");
        Shell.Output output = machine.tried("dhcpcanon enable --yes");
        assertEquals(1, output.status());
        assertTrue(output.text().contains("dhcpcanon enable --dhclient"), output.text());
        assertEquals(1, machine.tried("dhcpcanon doctor").status());
        enable("--yes");
        String doctor = machine.tried("dhcpcanon doctor").ok();
        assertTrue(doctor.contains("note     NetworkManager does not run"), doctor);
        machine.script(
                "dhcpcanon disable --yes; systemctl unmask --runtime NetworkManager; systemctl start NetworkManager");
        machine.awaitAddress();
    }

    @Test
    void aClientOfBeforeIsNamed() {
        machine.script(
                "ip link add other0 type veth peer name other1; nmcli device set other0 managed no;"
                        + " nmcli device set other1 managed no; ip link set other0 up; ip link set other1 up;"
                        + " dhclient -d -q -pf /run/other.pid -lf /run/other.leases other0 >/dev/null 2>&1 & echo $! >/run/other");
        String said = enable("--yes");
        String pid = machine.script("cat /run/other; kill $(cat /run/other); ip link del other0; rm /run/other*");
        assertTrue(said.contains("Process " + pid + " is a DHCP client of before"), said);
        machine.script("dhcpcanon disable --yes");
    }

    @Test
    void removingThePackageUndoesIt() {
        enable("--yes");
        machine.script("dpkg -r dhcpcanon");
        assertEquals(before, dhclients());
        machine.install();
    }
}
