package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code test-fixtures/lab/hostile-server} plays costs a search at most, and the machine goes on. */
@Execution(ExecutionMode.CONCURRENT)
class HostileServerIT {
    private static final String ADDRESS = "10.77.0.77/24";
    /** Of the process, in bytes; a garbage collector takes its time. */
    private static final long GROWTH = 24 << 20;

    private static Lab against(String... trick) {
        Lab lab = Lab.up("--server", "none");
        lab.beginAtServer("hostile-server", trick);
        return lab;
    }

    private static void assertLeased(Lab lab) {
        lab.connect().ok();
        assertEquals(ADDRESS, lab.address("eth0"));
        assertEquals("bound", lab.service().state("eth0"));
        assertFalse(lab.log("service.log").contains("defect"), lab.log("service.log"));
        assertFalse(lab.log("hostile-server.log").contains("Traceback"), lab.log("hostile-server.log"));
    }

    /** @param searches messages at most until there is a lease */
    @ParameterizedTest
    @CsvSource({
        "spoofed, 1",
        "cut, 1",
        "overload, 3",
        "times, 1",
        "infinite, 1",
        "routes, 1",
        "nothing, 4",
        "servers, 6",
        "naks, 8"
    })
    void aTrickCostsASearchAtMost(String trick, int searches) {
        try (Lab lab = against(trick)) {
            assertLeased(lab);
            int sent = lab.packets("eth0", "DISCOVER").size();
            assertTrue(sent <= searches, sent + " DISCOVERs");
            assertTrue(lab.inside("ip", "route", "get", "10.77.0.1").startsWith("10.77.0.1 dev eth0 "));
        }
    }

    @Test
    void anAddressThatIsItsOwnGatewayHasNoDefaultRoute() {
        try (Lab lab = against("gateway")) {
            assertLeased(lab);
            assertFalse(lab.inside("ip", "route").contains("default"), lab.inside("ip", "route"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"offers", "broken"})
    void aFloodLeavesTheServiceAsItWas(String trick, TestReporter reporter) {
        try (Lab lab = against(trick, "20")) {
            lab.begin("connect", "nmcli --wait 90 con up eth0");
            Eventually.holds(
                    "flooded",
                    Duration.ofSeconds(10),
                    () -> !lab.packets("eth0", "DISCOVER").isEmpty());
            long before = resident(lab);
            Eventually.holds(
                    "the end of the flood",
                    Duration.ofSeconds(60),
                    () -> lab.log("hostile-server.log").contains("flooded"));
            reporter.publishEntry(
                    trick,
                    lab.log("hostile-server.log")
                                    .lines()
                                    .filter(line -> line.startsWith("flooded"))
                                    .toList() + ", ticks of the processor: " + ticks(lab) + ", resident: " + before
                            + " -> " + resident(lab));
            assertTrue(resident(lab) - before < GROWTH, before + " -> " + resident(lab));
            lab.awaitState("connected", Duration.ofSeconds(80));
            assertLeased(lab);
        }
    }

    /** Octets. */
    private static long resident(Lab lab) {
        return ofProcess(lab, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .sum();
    }

    /** Of the processor, in the program and in the kernel for it, 100 a second. */
    private static String ticks(Lab lab) {
        return String.join("+", List.of(ofProcess(lab, "stat").split(" ", -1)).subList(13, 15));
    }

    private static String ofProcess(Lab lab, String file) {
        try {
            return Files.readString(Path.of("/proc", "" + lab.service().pid(), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
