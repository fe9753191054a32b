package org.dhcpcanon.shim;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * TERM at any moment of the start. Once it came between the trap and the functions that the trap calls, and was lost: NetworkManager then
 * stood still for 500 ms.
 */
@Isolated
class ShimStartIT extends WithBothShells {
    @RepeatedTest(50)
    void termIsObeyed() throws Exception {
        Process shim = stage.start("-d", "eth0");
        // From the first line of the script on; before that no script can obey.
        long trapped = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!catchesTerm(shim) && System.nanoTime() < trapped) {
            Thread.onSpinWait();
        }
        Thread.sleep((System.nanoTime() >>> 10) % 12);
        stage.terminate(shim);
    }

    private static boolean catchesTerm(Process shim) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + shim.pid() + "/status")).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8).strip(), 16) >>> 14 & 1) == 1);
    }
}
