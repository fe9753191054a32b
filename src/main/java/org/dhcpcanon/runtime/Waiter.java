package org.dhcpcanon.runtime;

/** Where the loop thread waits. */
public interface Waiter {
    /**
     * Returns after the boot clock has reached the deadline, or a descriptor that an adapter watches was ready (its handler
     * has then been run, on this thread), or {@link #wake} was called since the last return; possibly without any of these.
     *
     * @param deadline nanoseconds on the boot clock; {@code Long.MAX_VALUE} for none
     */
    void await(long deadline);

    /** Makes a present or the next {@link #await} return at once. Any thread. */
    void wake();
}
