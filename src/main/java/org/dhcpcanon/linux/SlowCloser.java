package org.dhcpcanon.linux;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes packet sockets on a thread of its own. The kernel lets the caller wait until no processor uses the socket any more, some
 * 10 ms, which on the loop thread would be lost for all interfaces. The thread exists only while there is something to close.
 */
final class SlowCloser implements AutoCloseable {
    private static final int LINGER_SECONDS = 2;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, LINGER_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), SlowCloser::daemon);

    SlowCloser() {
        thread.allowCoreThreadTimeOut(true);
        thread.setRejectedExecutionHandler((task, executor) -> task.run());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "socket closer");
        thread.setDaemon(true);
        return thread;
    }

    /** The descriptor must not be used any more. Does not wait. */
    void close(int fd) {
        thread.execute(() -> Libc.C.close(fd));
    }

    /** Waits until all are closed; what comes later is closed at once. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
