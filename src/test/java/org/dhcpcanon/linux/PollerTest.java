package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PollerTest {
    private static final long MILLI = 1_000_000L;
    private static final long LONG = 60_000 * MILLI;

    private final BootClock clock = new BootClock();
    private final List<Integer> events = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private Poller poller;

    @BeforeEach
    void open() throws IOException {
        poller = new Poller();
    }

    @AfterEach
    void close() {
        poller.close();
        events.forEach(Libc.C::close);
    }

    /** A descriptor that is ready as soon as {@link #raise} was called. */
    private int event() {
        int fd = Libc.C.eventfd(0, Linux.O_NONBLOCK);
        events.add(fd);
        return fd;
    }

    private static void raise(int fd) {
        Pointer one = Libc.allocate(8);
        one.putLong(0, 1);
        assertEquals(8, Libc.C.write(fd, one, 8));
    }

    private static void drain(int fd) {
        assertEquals(8, Libc.C.read(fd, Libc.allocate(8), 8));
    }

    private void turn() {
        poller.await(clock.now() + LONG);
    }

    @Test
    void postedTaskRunsInTheNextTurnAndOnlyOnce() {
        poller.post(() -> {
            heard.add("first");
            poller.post(() -> heard.add("third"));
        });
        poller.post(() -> heard.add("second"));
        assertEquals(List.of(), heard);
        turn();
        assertEquals(List.of("first", "second"), heard);
        turn();
        assertEquals(List.of("first", "second", "third"), heard);
    }

    @Test
    void postedTaskThatFailsDoesNotTakeTheNextWithIt() {
        poller.post(() -> {
            throw new IllegalStateException("posted");
        });
        poller.post(() -> heard.add("next"));
        assertThrows(IllegalStateException.class, this::turn);
        turn();
        assertEquals(List.of("next"), heard);
    }

    @Test
    void returnsWhenTheDeadlineIsReachedAndNotBefore() {
        long deadline = clock.now() + 50 * MILLI;
        poller.await(deadline);
        long late = clock.now() - deadline;
        assertTrue(late >= 0, "early by " + -late);
        assertTrue(late < 5_000 * MILLI, "late by " + late);
    }

    @Test
    void deadlineInThePastReturnsAtOnceAgainAndAgain() {
        long deadline = clock.now() - MILLI;
        for (int i = 0; i < 3; i++) {
            poller.await(deadline);
            poller.await(0);
            poller.await(Long.MIN_VALUE);
        }
    }

    @Test
    void sameDeadlineReturnsAtOnceOnceItHasPassed() {
        long deadline = clock.now() + 20 * MILLI;
        poller.await(deadline);
        poller.await(deadline);
        poller.await(deadline);
    }

    @Test
    void laterDeadlineAfterAPassedOneWaitsAgain() {
        poller.await(clock.now() - MILLI);
        long deadline = clock.now() + 50 * MILLI;
        poller.await(deadline);
        assertTrue(clock.now() >= deadline);
    }

    @Test
    void wakeByAnotherThreadEndsAnEndlessWait() throws Exception {
        Thread other = new Thread(() -> {
            sleep(50);
            poller.wake();
        });
        other.start();
        poller.await(Long.MAX_VALUE);
        other.join();
    }

    @Test
    void wakeBeforeTheWaitIsNotLostAndCountsOnce() {
        poller.wake();
        poller.wake();
        poller.await(Long.MAX_VALUE);
        long deadline = clock.now() + 50 * MILLI;
        poller.await(deadline);
        assertTrue(clock.now() >= deadline);
    }

    @Test
    void wakeAfterCloseTouchesNobodysDescriptor() throws Exception {
        poller.close();
        int reused = event();
        poller.wake();
        assertEquals(-1, Libc.C.read(reused, Libc.allocate(8), 8));
        poller = new Poller();
    }

    @Test
    void readyDescriptorRunsItsHandlerWithTheEventsOnTheWaitingThread() {
        int fd = event();
        poller.watch(fd, Linux.POLLIN, bits -> {
            drain(fd);
            heard.add(bits + " " + Thread.currentThread().getName());
        });
        raise(fd);
        turn();
        assertEquals(List.of("1 " + Thread.currentThread().getName()), heard);
    }

    @Test
    void unwatchedDescriptorIsNotHeard() {
        int fd = event();
        poller.watch(fd, Linux.POLLIN, bits -> heard.add("wrong"));
        poller.unwatch(fd);
        poller.unwatch(fd);
        raise(fd);
        poller.await(clock.now() + 20 * MILLI);
        assertEquals(List.of(), heard);
    }

    @Test
    void handlerMayUnwatchADescriptorThatIsReadyInTheSameTurn() {
        int first = event();
        int second = event();
        poller.watch(first, Linux.POLLIN, bits -> {
            heard.add("first");
            poller.unwatch(first);
            poller.unwatch(second);
        });
        poller.watch(second, Linux.POLLIN, bits -> heard.add("second"));
        raise(first);
        raise(second);
        turn();
        assertEquals(List.of("first"), heard);
    }

    @Test
    void numberReusedWithinATurnIsHeardOnlyInTheNext() {
        int first = event();
        int second = event();
        poller.watch(first, Linux.POLLIN, bits -> {
            drain(first);
            poller.unwatch(second);
            poller.watch(second, Linux.POLLIN, more -> {
                drain(second);
                heard.add("new");
            });
            heard.add("exchanged");
        });
        poller.watch(second, Linux.POLLIN, bits -> heard.add("old"));
        raise(first);
        raise(second);
        turn();
        assertEquals(List.of("exchanged"), heard);
        turn();
        assertEquals(List.of("exchanged", "new"), heard);
    }

    @Test
    void hundredsOfDescriptorsMayComeAndGoInHandlers() {
        int trigger = event();
        poller.watch(trigger, Linux.POLLIN, bits -> {
            drain(trigger);
            for (int i = 0; i < 300; i++) {
                int fd = event();
                raise(fd);
                poller.watch(fd, Linux.POLLIN, more -> {
                    poller.unwatch(fd);
                    heard.add("once");
                });
            }
        });
        raise(trigger);
        turn();
        turn();
        poller.await(clock.now() + 20 * MILLI);
        assertEquals(300, heard.size());
    }

    @Test
    void exceptionOfAHandlerComesOutAfterAllOthersHaveRun() {
        int first = event();
        int second = event();
        int third = event();
        IllegalStateException failure = new IllegalStateException("first");
        poller.watch(first, Linux.POLLIN, bits -> {
            drain(first);
            throw failure;
        });
        poller.watch(second, Linux.POLLIN, bits -> {
            drain(second);
            throw new IllegalArgumentException("second");
        });
        poller.watch(third, Linux.POLLIN, bits -> {
            drain(third);
            heard.add("third");
        });
        raise(first);
        raise(second);
        raise(third);
        assertSame(failure, assertThrows(IllegalStateException.class, this::turn));
        assertEquals("second", failure.getSuppressed()[0].getMessage());
        assertEquals(List.of("third"), heard);
        raise(third);
        turn();
        assertEquals(List.of("third", "third"), heard);
    }

    @Test
    void closingGivesItsDescriptorsBack() throws Exception {
        int before = OpenDescriptors.count("anon_inode:");
        Poller other = new Poller();
        other.close();
        other.close();
        assertEquals(before, OpenDescriptors.count("anon_inode:"));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
