package org.dhcpcanon.nm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WorkersTest {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Test
    void workAfterWorkTakesOneThread() throws InterruptedException {
        Executor workers = NetworkManagerSinks.workers(8);
        for (int i = 0; i < 20; i++) {
            CountDownLatch done = new CountDownLatch(1);
            workers.execute(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
            assertTrue(done.await(5, TimeUnit.SECONDS));
            // Until the thread is back and waits for more.
            while (threads.iterator().next().getState() == Thread.State.RUNNABLE) {
                Thread.sleep(1);
            }
        }
        assertEquals(1, threads.size());
    }

    @Test
    void moreWorkThanThreadsIsDoneInTheEnd() throws InterruptedException {
        Executor workers = NetworkManagerSinks.workers(2);
        CountDownLatch done = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            workers.execute(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
        }
        assertTrue(done.await(15, TimeUnit.SECONDS));
        assertTrue(threads.stream().allMatch(Thread::isDaemon));
    }
}
