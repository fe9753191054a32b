package org.dhcpcanon.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import org.dhcpcanon.lab.Shell;
import org.junit.jupiter.api.Test;

/**
 * AppArmor confines a program by the path that it is started by, as its mount namespace has it, and Debian has a profile for
 * {@code /sbin/dhclient} that lets our shim do nothing. No kernel with AppArmor is needed to see which paths a profile is for.
 */
class AppArmorIT {
    private static final String PROFILES = "/etc/apparmor.d";

    /** Of Debian's package isc-dhcp-client. */
    private static boolean isConfined(String path) {
        List<String> names = Shell.run(
                        List.of("apparmor_parser", "--names", "--base", PROFILES, PROFILES + "/sbin.dhclient"))
                .ok()
                .lines()
                .filter(line -> line.startsWith("/"))
                .toList();
        assertFalse(names.isEmpty());
        return names.stream()
                .anyMatch(name ->
                        FileSystems.getDefault().getPathMatcher("glob:" + name).matches(Path.of(path)));
    }

    @Test
    void theShimIsStartedByAPathThatNoProfileIsFor() {
        assertTrue(isConfined("/sbin/dhclient"));
        assertTrue(isConfined("/usr/sbin/dhclient"));
        try (Machine machine = Machine.up()) {
            machine.install();
            machine.enable();
            machine.awaitBound();
            String started = machine.script("tr '\\0' '\\n' </proc/$(cat /run/NetworkManager/dhclient-eth0.pid)/cmdline"
                    + " | sed -n 2p | xargs readlink -m");

            assertFalse(isConfined(started), started);
            assertEquals("", machine.script("ls -A /usr/local/sbin"), "seen by NetworkManager only");
        }
    }
}
