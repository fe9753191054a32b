package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.dhcpcanon.lab.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Debian's packages have put into /etc/dhcp does with dhcpcanon-script what it does with ISC's client and dhclient-script. */
@Execution(ExecutionMode.CONCURRENT)
class HooksIT {
    private static final String OURS = "/usr/lib/dhcpcanon/bin/dhclient";
    private static final String THEIRS = "/lab/isc -sf /sbin/dhclient-script";
    private static final String CHRONY = "/run/chrony-dhcp/eth0.sources";
    private static final String SERVERS = "server 10.77.0.2 iburst\nserver 10.77.0.3 iburst";
    /** What a hook has left is shown by these. */
    private static final Map<String, String> LOOKS = Map.of(
            "chrony", "cat " + CHRONY,
            "ntpsec", "cat /run/ntpsec/ntp.conf.dhcp",
            "timesyncd", "cat /run/systemd/timesyncd.conf.d/01-dhclient.conf",
            "routes", "ip route | sed 's/ proto dhcp//; s/ *$//' | sort",
            "debug", "sed -nE '/^(reason|interface|new_(ntp|rfc3442|domain|subnet).*)=/p' /tmp/dhclient-script.debug");

    private record Seen(Map<String, String> bound, Map<String, String> over) {}

    private static Container withPackages() {
        Container container = Container.up();
        container.unpack("isc-dhcp-client", "chrony", "ntpsec", "systemd-timesyncd");
        // A copy has another path, so that no AppArmor profile of the host confines it.
        container.script("cp /usr/sbin/dhclient /lab/isc; touch /lab/leases; mkdir -p /run/systemd/system");
        container.script("sed -i 's/^RUN=\"no\"/RUN=\"yes\"/' /etc/dhcp/debug");
        return container;
    }

    private static void run(Container container, String program, String flag) {
        container.script(program + " -cf /etc/dhcp/dhclient.conf -lf /lab/leases -pf /lab/pid " + flag
                + " eth0 </dev/null >>/lab/said.log 2>&1");
    }

    /** Of addresses that were given away, only that it is one. */
    private static Map<String, String> look(Container container) {
        Map<String, String> seen = new TreeMap<>();
        LOOKS.forEach((name, command) -> seen.put(
                name,
                container
                        .tried(command)
                        .text()
                        // A name at its end is the same with and without the dot.
                        .replaceAll("example\\.(?=[ '])", "example")
                        .replaceAll("10\\.77\\.0\\.([5-9][0-9]|[12][0-9][0-9])\\b", "ADDRESS")));
        return seen;
    }

    private static Seen seen(String program) {
        try (Container container = withPackages()) {
            container.script("echo 'dhclient-hooks = yes' >/etc/dhcpcanon/script.conf");
            run(container, program, "-1");
            Map<String, String> bound = look(container);
            container.script("rm /tmp/dhclient-script.debug");
            run(container, program, "-r");
            return new Seen(bound, look(container));
        }
    }

    private static String left(Map<String, String> seen, String hook) {
        return seen.getOrDefault(hook, "");
    }

    @Test
    void theyDoWhatTheyDoWithIsc() {
        Seen theirs = seen(THEIRS);
        Seen ours = seen(OURS);
        assertEquals(SERVERS, left(theirs.bound(), "chrony").strip());
        assertTrue(left(theirs.bound(), "debug").contains("new_rfc3442_classless_static_routes='0 "), "" + theirs);
        assertEquals(theirs.bound(), ours.bound());
        assertTrue(left(theirs.over(), "timesyncd").contains("No such file"), "" + theirs);
        assertEquals(theirs.over(), ours.over());
    }

    @Test
    void theyAreNotReadWithoutBeingAskedFor() {
        try (Container container = withPackages()) {
            run(container, OURS, "-1");
            assertTrue(container.script("ip route").contains("10.88.0.0/16 via 10.77.0.9"));
            assertEquals("", container.script("ls " + CHRONY + " /tmp/dhclient-script.debug 2>/dev/null || true"));
        }
    }

    /** With the profile that hides what its caller wants. */
    @Test
    void whatIsNotAskedForIsNotThere() {
        try (Container container = withPackages()) {
            container.settings("profile = strict\nacd = none\n");
            container.script("echo 'dhclient-hooks = yes' >/etc/dhcpcanon/script.conf");
            run(container, OURS, "-1");
            assertFalse(container.script("cat /tmp/dhclient-script.debug").contains("ntp_servers"));
            assertEquals("", container.script("cat " + CHRONY + " 2>/dev/null || true"));
        }
    }

    @Test
    void chronyAsksTheServersAsLongAsTheLease() {
        try (Container container = withPackages()) {
            container.script(
                    "echo 'dhclient-hooks = yes' >/etc/dhcpcanon/script.conf; mkdir -p /run/chrony-dhcp; mkdir -m 700 /run/chrony;"
                            + " printf 'sourcedir /run/chrony-dhcp\\ncmdport 0\\nport 0\\n' >/lab/chrony.conf;"
                            // It must not touch the clock, and could not.
                            + " setsid setpriv --bounding-set -sys_time chronyd -x -d -u root -f /lab/chrony.conf"
                            + " </dev/null >/lab/chronyd.log 2>&1 &"
                            + " for n in $(seq 100); do chronyc -n sources >/dev/null 2>&1 && break; sleep 0.1; done");
            run(container, OURS, "-1");
            String asked = container.script("chronyc -n sources");
            assertTrue(asked.contains(" 10.77.0.2 ") && asked.contains(" 10.77.0.3 "), asked);
            run(container, OURS, "-r");
            assertFalse(container.script("chronyc -n sources").contains("10.77.0."));
        }
    }
}
