package org.dhcpcanon.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.dhcpcanon.dbus.NameTakenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service when the bus comes, goes, or belongs to another. */
@Timeout(60)
class BusLifeIT extends BusFixture {
    @Test
    void nameAndObjectsReturnAfterTheBusWasRestarted() throws Exception {
        show(view(1, "bound", options(1)));
        bus.kill();
        service.appeared(view(2, "selecting", Map.of()));
        service.gone(1);
        bus.restart();
        eventually("s \"selecting\"", () -> get(ROOT + "/Client/2", CLIENT, "State"));
        assertFalse(bus.busctl("tree", "--list", NAME).out().contains("Client/1"));
        service.changed(view(2, "bound", options(2)));
        eventually("s \"bound\"", () -> get(ROOT + "/Client/2", CLIENT, "State"));
        assertEquals(
                0,
                bus.busctl("call", NAME, ROOT, MANAGER, "Attach", "s", "/again").status());
    }

    @Test
    void aNameThatIsTakenIsReportedAndItsOwnerStays() throws Exception {
        try (BusService second = service(bus)) {
            ExecutionException failure =
                    assertThrows(ExecutionException.class, () -> second.start().get(10, TimeUnit.SECONDS));
            assertInstanceOf(NameTakenException.class, failure.getCause());
        }
        assertEquals("s \"1.2.3\"", get(ROOT, MANAGER, "Version"));
    }

    @Test
    void aBusThatComesLaterIsJoined() throws Exception {
        Path later = Files.createDirectory(directory.resolve("later"));
        try (PrivateBus second = PrivateBus.asInstalled(later)) {
            second.kill();
            Files.deleteIfExists(later.resolve("bus"));
            try (BusService waiting = service(second)) {
                CompletableFuture<Void> ready = waiting.start();
                Thread.sleep(300);
                assertFalse(ready.isDone());
                second.restart();
                ready.get(10, TimeUnit.SECONDS);
            }
        }
    }

    /** The null stands for any mistake of ours. */
    @Test
    @SuppressWarnings("NullAway")
    void anEventThatCannotBeToldDoesNotEndTheService() throws Exception {
        service.told(1, null);
        show(view(2, "bound", options(2)));
        assertEquals("s \"1.2.3\"", get(ROOT, MANAGER, "Version"));
    }

    @Test
    void closeLeavesTheBusAndNoThread() throws Exception {
        service.close();
        for (int i = 0; i < 200 && threads() > 0; i++) {
            Thread.sleep(10);
        }
        assertEquals(0, threads());
        assertFalse(bus.busctl("list").out().contains(NAME));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("dbus-"))
                .count();
    }
}
