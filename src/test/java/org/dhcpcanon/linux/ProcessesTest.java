package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessesTest {
    @Test
    void thisProcessAndTheFirstExistAndAnImpossibleOneDoesNot() {
        assertTrue(Processes.exists((int) ProcessHandle.current().pid()));
        assertTrue(Processes.exists(1), "somebody else's process, perhaps");
        assertFalse(Processes.exists(Integer.MAX_VALUE));
    }
}
