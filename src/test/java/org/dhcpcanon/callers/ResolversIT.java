package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dhcpcanon.lab.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom dhcpcanon-script tells the name servers: resolvconf, openresolv and systemd-resolved as Debian has them. */
@Execution(ExecutionMode.CONCURRENT)
class ResolversIT {
    private static final String RESOLV_CONF = "sed '/^#/d; /^$/d' /etc/resolv.conf | sort | tr '\\n' ';'";
    /** Another program's, which was there before and stays. */
    private static final String OTHER = "nameserver 9.9.9.9;";

    /** As its package does when it is installed. */
    private static void prepare(Container container, String name) {
        container.unpack(name);
        container.script("mkdir -p /run/resolvconf/interface");
        if (name.equals("resolvconf")) {
            container.script("resolvconf --enable-updates; ln -sf ../run/resolvconf/resolv.conf /etc/resolv.conf");
        }
        container.script("echo nameserver 9.9.9.9 | resolvconf -a vpn0.test");
        assertEquals(OTHER, container.script(RESOLV_CONF));
    }

    private static void assertNames(Container container) {
        String names = container.script(RESOLV_CONF);
        assertTrue(names.contains("nameserver 10.77.0.1;nameserver 10.77.0.6;" + OTHER), names);
        assertTrue(names.endsWith("search lab.example corp.example;"), names);
    }

    @ParameterizedTest
    @CsvSource({
        "resolvconf, no, dhcpcanon",
        "resolvconf, yes, dhclient",
        "openresolv, no, dhcpcanon",
        "openresolv, yes, ''"
    })
    void theRecordIsThereAsLongAsTheLease(String name, String hooks, String record) {
        try (Container container = Container.up()) {
            prepare(container, name);
            container.script("echo 'dhclient-hooks = " + hooks + "' >/etc/dhcpcanon/script.conf");
            assertEquals(0, container.lease("").status());
            assertNames(container);
            String own = "eth0" + (record.isEmpty() ? "" : "." + record);
            assertTrue((" " + container.script("resolvconf -i") + " ").contains(" " + own + " "));
            container.end("-r");
            assertEquals(OTHER, container.script(RESOLV_CONF));
            assertEquals("vpn0.test", container.script("resolvconf -i"));
        }
    }

    /** A client that was killed leaves its record, and the next one takes it away before it is seen on the network. */
    @Test
    void whatAKilledClientHasLeftGoes() {
        try (Container container = Container.up()) {
            prepare(container, "openresolv");
            assertEquals(0, container.lease("").status());
            container.script("kill -KILL $(cat /lab/pid)");
            assertNames(container);
            container.noServer();
            container.script(Container.dhclient("-nw") + "eth0");
            container.await("PREINIT", () -> container.script(RESOLV_CONF).equals(OTHER));
        }
    }

    @Test
    void systemdResolvedHasTheServersOfTheLinkAsLongAsTheLease() {
        try (Container container = Container.up()) {
            container.unpack("systemd-resolved");
            // The bus lets that user have the name.
            container.script("systemd-sysusers; mkdir -p /run/systemd");
            container.bus();
            container.script("setsid /lib/systemd/systemd-resolved </dev/null >/lab/resolved.log 2>&1 &"
                    + " for n in $(seq 100); do resolvectl status >/dev/null 2>&1 && break; sleep 0.1; done");
            String before = container.script("resolvectl dns eth0; resolvectl domain eth0; cat /etc/resolv.conf");
            assertEquals(0, container.lease("").status());
            assertTrue(container.script("resolvectl dns eth0").endsWith("): 10.77.0.1 10.77.0.6"));
            assertTrue(container.script("resolvectl domain eth0").endsWith("): lab.example corp.example"));
            container.end("-r");
            assertEquals(before, container.script("resolvectl dns eth0; resolvectl domain eth0; cat /etc/resolv.conf"));
        }
    }
}
