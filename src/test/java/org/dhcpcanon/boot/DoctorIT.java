package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code dhcpcanon doctor} on one machine that is well, but for what each test does to it and takes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorIT {
    private Machine machine;

    @BeforeAll
    void boot() {
        machine = Machine.up();
        machine.install();
        Shell.Output output = machine.tried("dhcpcanon doctor");
        assertEquals(1, output.status());
        assertTrue(
                output.text().contains("its DHCP client \"internal\", which identifies this machine"), output.text());
        assertTrue(output.text().contains("-> dhcpcanon enable"), output.text());
        assertTrue(output.text().contains("eth0 has a DHCP client that is not ours"), output.text());
        assertTrue(output.text().contains("a hardware address that is always the same"), output.text());
        machine.enable();
    }

    @AfterAll
    void end() {
        machine.close();
    }

    private void assertFinds(String level, String text) {
        Shell.Output output = machine.tried("dhcpcanon doctor");
        assertTrue(
                output.text().lines().anyMatch(line -> line.startsWith(level) && line.contains(text)), output.text());
        assertEquals(level.equals("problem") ? 1 : 0, output.status(), output.text());
    }

    @Test
    void aMachineThatIsWellHasNoProblem() {
        String said = machine.tried("dhcpcanon doctor").ok();
        assertTrue(said.contains("ok       eth0 has its lease by dhcpcanon"), said);
        assertFalse(said.contains("problem") || said.contains("warning"), said);
        // What reads JSON on every Debian machine.
        machine.script("dhcpcanon doctor --json >/lab/doctor.json");
        String json = machine.script("cat /lab/doctor.json");
        assertTrue(
                json.startsWith("{\"format\": 1, \"findings\": [\n  {\"level\": \"ok\", \"name\": \"service\","), json);
        assertTrue(json.endsWith("\"problems\": 0}"), json);
    }

    @Test
    void aFallBackWithoutAWordIsSeen() {
        machine.script("chmod a-x /usr/lib/dhcpcanon/bin/dhclient");
        machine.restartNetworkManager();
        machine.awaitAddress();
        assertFinds("problem", "without a further word uses \"internal\"");
        machine.script("chmod a+x /usr/lib/dhcpcanon/bin/dhclient");
        machine.restartNetworkManager();
        machine.awaitBound();
    }

    @Test
    void aDhclientOfSomebodyElseIsSeen() {
        machine.script(
                "ip link add other0 type veth peer name other1; nmcli device set other0 managed no;"
                        + " nmcli device set other1 managed no; ip link set other0 up; ip link set other1 up;"
                        + " dhclient -d -q -pf /run/other.pid -lf /run/other.leases other0 >/dev/null 2>&1 & echo $! >/run/other");
        assertFinds("problem", "another DHCP client runs");
        machine.script("kill $(cat /run/other); ip link del other0");
    }

    @Test
    void aServiceThatFailedIsSeen() {
        machine.script("printf '#!/bin/sh\\nexit 1\\n' >/tmp/false; chmod +x /tmp/false;"
                + " mount --bind /tmp/false /usr/lib/dhcpcanon/bin/dhcpcanond");
        assertFinds("problem", "the service cannot start");
        machine.script("umount /usr/lib/dhcpcanon/bin/dhcpcanond");
    }

    @Test
    void othersThatTellTheNameOfTheMachineAreSeen() {
        machine.script("for name in avahi-daemon nmbd cups-browsed; do"
                + " systemd-run --quiet --unit=$name sleep infinity; done");
        assertFinds("warning", "avahi-daemon tells all neighbours the name");
        assertFinds("warning", "nmbd tells all neighbours the name");
        assertFinds("warning", "cups-browsed asks every network");
        machine.script("systemctl stop avahi-daemon nmbd cups-browsed");
    }

    @Test
    void aProfileThatShowsTheHardwareAddressIsSeen() {
        machine.script(
                "nmcli connection add type ethernet con-name own ifname eth0 802-3-ethernet.cloned-mac-address permanent"
                        + " ipv6.addr-gen-mode eui64 >/dev/null && nmcli connection up own >/dev/null");
        machine.awaitBound();
        assertFinds("problem", "eth0 shows a hardware address that is always the same (cloned-mac-address: permanent)");
        assertFinds("problem", "always the same");
        String said = machine.tried("dhcpcanon doctor").text();
        assertTrue(said.contains("eth0 has an IPv6 address that is made of its hardware address"), said);
        assertTrue(said.contains("the connection of eth0 makes IPv6 addresses of the hardware address"), said);
        machine.script("nmcli connection delete own >/dev/null; nmcli device up eth0");
        machine.awaitBound();
    }

    @Test
    void whatNetworkManagerAsksTheWorldIsSeen() {
        machine.script("printf '[connectivity]\\nenabled=true\\nuri=http://10.77.0.1/check\\n'"
                + " >/etc/NetworkManager/conf.d/99-check.conf; nmcli general reload");
        assertFinds("warning", "NetworkManager asks http://10.77.0.1/check from every network");
        machine.script("rm /etc/NetworkManager/conf.d/99-check.conf; nmcli general reload");
    }
}
