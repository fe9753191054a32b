package org.dhcpcanon.shim;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of the doorway: clients and fifos that only note what is said to them, and directories as shims make them. */
abstract class DoorwayStage {
    static final int PID = 4711;

    @TempDir
    Path base;

    final FakeChannels channels = new FakeChannels();
    final FakeClients clients = new FakeClients();
    int owner;

    @BeforeEach
    void whoAmI() throws Exception {
        owner = (Integer) Files.getAttribute(base, "unix:uid");
    }

    /** A service that has just started. */
    ShimDoorway doorway() {
        return new ShimDoorway(base, owner, channels, clients, pid -> true);
    }

    Path shim(int pid, String... arguments) throws Exception {
        Path directory = Files.createDirectory(
                base.resolve("shim." + pid),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String text = arguments.length + "\0/sbin/dhclient\0" + String.join("\0", arguments) + "\0";
        Files.write(directory.resolve("argv"), text.getBytes(StandardCharsets.UTF_8));
        Files.createFile(directory.resolve("to-shim"));
        Files.createFile(directory.resolve("from-shim"));
        return directory;
    }
}
