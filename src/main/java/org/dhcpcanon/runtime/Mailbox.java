package org.dhcpcanon.runtime;

/** How other threads reach the loop. */
@FunctionalInterface
public interface Mailbox {
    /** Runs the task on the loop thread, after those posted before. Any thread; does not wait. */
    void post(Runnable task);
}
