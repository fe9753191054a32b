package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Calls that have ended other services, from real callers on a real bus. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BusTrapsIT {
    private static final String ATTACH = "org.dhcpcanon1.Manager.Attach";
    private static final String DIRECTORY = "string:/run/dhcpcanon/shim.1";

    private final Lab lab = Lab.up();
    private long pid;

    @BeforeAll
    void connect() {
        lab.connect().ok();
        pid = lab.service().pid();
    }

    @AfterAll
    void close() {
        lab.close();
    }

    @AfterEach
    void theServiceIsAliveAndHasItsLease() {
        assertTrue(lab.service().answers());
        assertEquals(pid, lab.service().pid());
        assertEquals("bound", lab.service().state("eth0"));
    }

    @Test
    void aCallWithAFileDescriptorIsRefused() {
        String answer = Shell.run(java.util.List.of("cat", "test-fixtures/lab/call-with-fd"))
                .ok();
        String reply = lab.inside("python3", "-c", answer, "org.dhcpcanon1", "/org/dhcpcanon1", ATTACH);

        assertTrue(reply.contains("error org.freedesktop.DBus.Error."), reply);
    }

    @Test
    void aCallWithAWrongInterfaceIsUnknown() {
        Shell.Output refused = lab.service().call("org.wrong.Interface.Attach", DIRECTORY);

        assertNotEquals(0, refused.status());
        assertTrue(
                refused.text().matches("(?s).*org\\.freedesktop\\.DBus\\.Error\\.Unknown(Interface|Method).*"),
                refused.text());
    }

    @Test
    void anUnknownMethodAndAnUnknownPropertyHaveTheStandardErrors() {
        Shell.Output method = lab.service().call("org.dhcpcanon1.Manager.Destroy");
        Shell.Output property = lab.service()
                .call("org.freedesktop.DBus.Properties.Get", "string:org.dhcpcanon1.Manager", "string:NoSuchProperty");

        assertTrue(method.text().contains("org.freedesktop.DBus.Error.UnknownMethod"), method.text());
        assertTrue(property.text().contains("org.freedesktop.DBus.Error.UnknownProperty"), property.text());
    }

    @Test
    void anUnprivilegedAttachIsDeniedWhateverTheInterface() {
        for (String method : new String[] {ATTACH, "org.wrong.Interface.Attach"}) {
            Shell.Output denied = lab.attempt(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "dbus-send",
                    "--system",
                    "--print-reply",
                    "--dest=org.dhcpcanon1",
                    "/org/dhcpcanon1",
                    method,
                    DIRECTORY);

            assertNotEquals(0, denied.status());
            assertTrue(
                    denied.text().matches("(?s).*org\\.freedesktop\\.DBus\\.Error\\.(AccessDenied|Unknown).*"),
                    denied.text());
        }
    }

    @Test
    void anUnprivilegedUserCanRead() {
        String state = lab.inside(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "busctl",
                "get-property",
                "org.dhcpcanon1",
                lab.service().client("eth0").orElseThrow(),
                "org.dhcpcanon1.Client",
                "State");

        assertEquals("s \"bound\"", state.strip());
    }

    @Test
    void aHundredCallsAtOnceAreAllAnswered() {
        lab.script("for n in $(seq 100); do busctl get-property org.dhcpcanon1 /org/dhcpcanon1 org.dhcpcanon1.Manager"
                + " Clients >/dev/null & pids=\"$pids $!\"; done; for p in $pids; do wait $p || exit; done");
    }
}
