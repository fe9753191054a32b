package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.dhcpcanon.lab.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The package: installed, replaced, removed. */
@Execution(ExecutionMode.CONCURRENT)
class PackageIT {
    @Test
    void installingChangesNothingOnTheNetwork() {
        try (Machine machine = Machine.up()) {
            String address = machine.address();
            long requests = machine.requests();
            machine.install();

            assertEquals("inactive", machine.unit("ActiveState"));
            assertTrue(machine.connected());
            assertEquals(address, machine.address());
            machine.restartNetworkManager();
            machine.awaitAddress();
            assertEquals("internal", machine.backend());
            Eventually.holds("NetworkManager asks", Duration.ofSeconds(20), () -> machine.requests() > requests);
            assertEquals("inactive", machine.unit("ActiveState"));
        }
    }

    @Test
    void theArchivesAreMadeAgainWhenJavaChanges() {
        try (Machine machine = Machine.up()) {
            machine.install();
            String made = machine.script("ls /usr/lib/dhcpcanon/archive");
            assertEquals(2, made.lines().filter(name -> name.endsWith(".jsa")).count(), made);
            // As a new version of Java that is chosen, which only its name makes another.
            machine.script("cp -a \"$(dirname $(dirname $(readlink -f /usr/bin/java)))\" /usr/lib/jvm/newer");
            machine.script("sed -i 's/^\\(JAVA_RUNTIME_VERSION=\"17\\)/\\1.99/' /usr/lib/jvm/newer/release");
            machine.script("update-alternatives --install /usr/bin/java java /usr/lib/jvm/newer/bin/java 9999");
            assertEquals(made, machine.script("ls /usr/lib/dhcpcanon/archive"), "nobody tells the package");
            assertEquals(
                    "",
                    machine.script("/usr/lib/dhcpcanon/bin/dhcpcanond --version 2>&1 | grep -v '^dhcpcanon ' || true"));

            machine.script("dpkg-trigger --by-package=openjdk-17-jre-headless /usr/lib/jvm; dpkg --configure -a");
            String anew = machine.script("ls /usr/lib/dhcpcanon/archive");
            assertEquals(made.replace("17.0", "17.99.0"), anew);
        }
    }

    @Test
    void anUpgradeKeepsTheLeaseAndSoDoesTheWayBack() {
        try (Machine machine = Machine.up()) {
            machine.install();
            machine.enable();
            machine.awaitBound();
            for (Runnable change : List.<Runnable>of(machine::upgrade, machine::install, machine::install)) {
                String address = machine.address();
                String old = machine.unit("MainPID");
                long requests = machine.requests();
                change.run();

                assertNotEquals(old, machine.unit("MainPID"));
                machine.awaitBound();
                assertEquals(address, machine.address());
                assertTrue(machine.connected());
                assertEquals(requests, machine.requests(), "the lease was resumed, not asked for anew");
            }
        }
    }

    /** As policy has it after a failure: dpkg undoes what the first half did. */
    @Test
    void anUpgradeThatFailsLeavesTheServiceThatWasThere() {
        try (Machine machine = Machine.up()) {
            machine.install();
            machine.enable();
            machine.awaitBound();
            String archives = machine.script("ls /usr/lib/dhcpcanon/archive");
            machine.script("dpkg-deb -R /lab/dhcpcanon.deb /tmp/later"
                    + " && sed -i 's/^Version: .*/Version: 99/' /tmp/later/DEBIAN/control"
                    + " && printf '#!/bin/sh\\nexit 1\\n' >/tmp/later/DEBIAN/preinst && chmod 755 /tmp/later/DEBIAN/preinst"
                    + " && dpkg-deb -b /tmp/later /lab/later.deb && rm -r /tmp/later && ! dpkg -i /lab/later.deb");

            assertEquals(archives, machine.script("ls /usr/lib/dhcpcanon/archive"));
            assertEquals("ii", machine.script("dpkg-query -W -f '${db:Status-Abbrev}' dhcpcanon"));
            machine.awaitBound();
            assertTrue(machine.connected());
        }
    }

    @Test
    void aPurgeLeavesNothing() {
        try (Machine machine = Machine.up()) {
            List<String> before = machine.traces();
            machine.install();
            machine.enable();
            machine.awaitBound();
            assertFalse(machine.traces().equals(before));
            machine.disable();
            assertEquals("internal", machine.backend());
            machine.script("dpkg -r dhcpcanon");
            assertTrue(
                    machine.traces().contains("/etc/dhcpcanon/dhcpcanon.conf"),
                    "a setting is the user's until the purge");
            machine.script("dpkg -P dhcpcanon");

            // dpkg's and the journal's own notes have other names.
            assertEquals(before, machine.traces());
            assertEquals(
                    "",
                    machine.script(
                            "systemctl --failed --plain --no-legend; systemctl list-units --all --plain --no-legend 'dhcpcanon*'"));
            assertTrue(machine.connected());
        }
    }

    @Test
    void removedInUseTheConnectionStaysAndNetworkManagerHasAClientOfItsOwnAgain() {
        try (Machine machine = Machine.up()) {
            List<String> before = machine.traces();
            machine.install();
            machine.enable();
            machine.awaitBound();
            String address = machine.address();
            machine.script("dpkg -P dhcpcanon");

            assertEquals("internal", machine.backend());
            assertEquals(address, machine.address());
            assertTrue(machine.connected());
            assertEquals("", machine.script("systemctl --failed --plain --no-legend"));
            assertEquals("", machine.script("ps -C dhclient -o args= || true"));
            assertEquals(before, machine.traces());
        }
    }
}
