package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.dhcpcanon.client.Replies;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseReader;
import org.dhcpcanon.packet.MalformedPacketException;
import org.dhcpcanon.runtime.LeaseStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormerLeaseFilesTest {
    private static final String UUID = "11111111-2222-3333-4444-555555555555";

    @TempDir
    private Path run;

    private Lease lease;

    @BeforeEach
    void read() throws MalformedPacketException {
        lease = LeaseReader.read(Replies.ack(1, 3600), Replies.asking(1, 3), 5, 0);
    }

    @Test
    void eachConnectionHasItsOwnFileThatNobodyElseReads() throws IOException {
        FormerLeaseFiles files = new FormerLeaseFiles(run.resolve("former"));
        files.of(UUID).remember(lease);
        assertEquals(Optional.of(lease), files.of(UUID).recall());
        assertEquals(Optional.empty(), files.of(UUID.replace('1', '9')).recall());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(run.resolve("former"))));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(run.resolve("former").resolve(UUID))));
        files.of(UUID).forget();
        assertFalse(Files.exists(run.resolve("former").resolve(UUID)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "eth0", UUID + "/x", "11111111-2222-3333-4444-55555555555g"})
    void whatIsNoUuidIsNoFile(String connection) {
        LeaseStore store = new FormerLeaseFiles(run.resolve("former")).of(connection);
        store.remember(lease);
        assertEquals(Optional.empty(), store.recall());
        assertFalse(Files.exists(run.resolve("former")));
    }
}
