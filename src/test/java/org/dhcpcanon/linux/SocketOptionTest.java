package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SocketOptionTest {
    @Test
    void theGuardLetsOurMarkOut() throws Exception {
        String guard = Files.readString(Path.of("src/main/sh/dhcpcanon-guard"));
        String line = String.format("\nmark=0x%x\n", SocketOption.MARK);
        assertTrue(guard.contains(line), line);
    }
}
