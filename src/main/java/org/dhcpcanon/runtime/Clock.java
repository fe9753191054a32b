package org.dhcpcanon.runtime;

/** The time, from one place. */
public interface Clock {
    /** Nanoseconds on the boot clock, which goes on while the machine sleeps (CLOCK_BOOTTIME). Never negative. */
    long now();

    /** Nanoseconds since 1970 on the wall clock; only for what people are shown. */
    long wall();
}
