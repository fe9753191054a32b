package org.dhcpcanon.runtime;

import java.util.SortedMap;
import java.util.function.IntConsumer;

/** Runs the caller's script in the caller's process: we never execute anything. */
@FunctionalInterface
public interface ScriptRunner {
    /**
     * @param environment the whole environment of the script, names to values
     * @param status gets the exit status on the loop thread, once; 128 + signal if it was killed, -1 if it could not be run or
     *     the caller is gone
     */
    void run(SortedMap<String, String> environment, IntConsumer status);
}
