package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nonsense from the caller gets words, and the service lives on with the lease it has. All tests use the one eth1 of the one lab, so
 * they run beside other classes and never beside each other.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileArgumentsIT {
    private final Lab lab = Lab.up("--interfaces", "2");
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

    @BeforeEach
    @AfterEach
    void theServiceIsAliveAndHasItsLease() {
        assertEquals(pid, lab.service().pid());
        assertTrue(lab.service().answers());
        assertEquals("bound", lab.service().state("eth0"));
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void anUnknownFlagIsNamedInTheRefusal() {
        Shell.Output refused =
                lab.attempt("/sbin/dhclient", "-d", "-q", "-sf", "/bin/true", "--make-me-famous", "eth1");

        assertNotEquals(0, refused.status());
        assertTrue(refused.text().contains("--make-me-famous"), refused.text());
    }

    @ParameterizedTest
    @Execution(ExecutionMode.SAME_THREAD)
    @ValueSource(
            strings = {
                "head -c 300000 /dev/urandom",
                "printf \"send host-name \\\"never closed\"",
                "yes \"{\" | head -c 2000000",
                "printf \"timeout 99999999999999999999999;\\nreject 1.2.3.4.5, x/99;\\n\"",
                "printf \"interface \\\"eth1\\\" { send host-name \\\"\\0\\0\\\"; }}}}\\n\""
            })
    void aHostileConfigurationFileHarmsNobody(String producer) {
        lab.script(producer + " >/run/hostile.conf");
        lab.begin("hostile", "exec timeout 10 /sbin/dhclient -d -q -sf /bin/true -cf /run/hostile.conf eth1");

        Eventually.holds(
                "a lease in spite of it, or a refusal",
                Duration.ofSeconds(9),
                () -> lab.service().state("eth1").equals("bound")
                        || lab.pids("/run/hostile.conf").isEmpty());
        lab.pids("/run/hostile.conf").forEach(lab::kill);
        Eventually.holds(
                "its client has gone",
                Duration.ofSeconds(5),
                () -> lab.service().client("eth1").isEmpty());
    }

    @ParameterizedTest
    @Execution(ExecutionMode.SAME_THREAD)
    @ValueSource(
            strings = {
                "",
                "3\\0/sbin/dhclient\\0-d\\0eth",
                "2\\0/sbin/dhclient\\0-d",
                "x\\0/sbin/dhclient\\0eth1\\0",
                "999999999\\0/sbin/dhclient\\0eth1\\0"
            })
    void aTruncatedArgumentFileIsAnErrorWithAName(String argv) {
        String dir = "/run/dhcpcanon/shim.1";
        lab.script("rm -rf " + dir + "; mkdir -m 700 " + dir + "; mkfifo -m 600 " + dir + "/to-shim " + dir
                + "/from-shim; printf '" + argv + "' >" + dir + "/argv; : >" + dir + "/env");

        Shell.Output refused = lab.service().call("org.dhcpcanon1.Manager.Attach", "string:" + dir);

        lab.script("rm -rf " + dir);
        assertNotEquals(0, refused.status());
        assertTrue(refused.text().contains("org.dhcpcanon1.Error."), refused.text());
    }
}
