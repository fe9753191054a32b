package org.dhcpcanon.callers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines by which callers start dhclient, given to ISC's of Debian 12 and then to ours, on one wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("the machines of BesideIscIT")
class BesideIscIT {
    private static final String ISC = Unpacked.packages("isc-dhcp-client") + "/sbin/dhclient";
    private static final String OURS = "/sbin/dhclient";

    private Host served;
    private Host alone;

    @BeforeAll
    void begin() {
        served = host("--plain");
        alone = host("--server", "none");
    }

    @AfterAll
    void end() {
        served.close();
        alone.close();
    }

    private static Host host(String... options) {
        Host host = Host.withBus(options);
        host.container.callersScript("[ $reason != BOUND ] || ip addr replace $new_ip_address/24 dev eth0");
        host.container.write("short.conf", "timeout 3;\n");
        return host;
    }

    /** Those of cloud-init, dracut, RHEL's initscripts, CORE, wicd and ifupdown. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1 -v",
                "-4 -q -1 -cf /lab/short.conf",
                "-1 -q -cf /lab/short.conf",
                "-nw",
                "-v -cf /lab/short.conf",
                "-4 -v -i"
            })
    void aLeaseIsSeenAlike(String flags) {
        Seen isc = Seen.of(served, ISC, flags);
        assertEquals(0, isc.status());
        assertEquals(isc, Seen.of(served, OURS, flags));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1 -q -cf /lab/short.conf", "-1 -v -cf /lab/short.conf", "-q -cf /lab/short.conf"})
    void itsLackIsSeenAlike(String flags) {
        Seen isc = Seen.of(alone, ISC, flags);
        assertEquals(flags.startsWith("-1") ? 2 : 0, isc.status());
        assertEquals(isc, Seen.of(alone, OURS, flags));
    }
}
