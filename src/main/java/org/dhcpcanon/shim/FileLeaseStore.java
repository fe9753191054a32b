package org.dhcpcanon.shim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.lease.LeaseText;
import org.dhcpcanon.runtime.LeaseStore;
import org.tinylog.Logger;

/** Remembers a lease in a file beside the fifos, so that it is gone when the shim is. */
final class FileLeaseStore implements LeaseStore {
    private static final int LARGEST = 64 * 1024;

    private final Path file;
    private final Path draft;
    private boolean detached;

    /** The file's directory is there, and nobody else can enter it. */
    FileLeaseStore(Path file) {
        this.file = file;
        this.draft = file.resolveSibling(file.getFileName() + ".new");
    }

    /** Leaves the file to another store: from now on nothing is remembered or forgotten here. */
    void detach() {
        detached = true;
    }

    @Override
    public void remember(Lease lease) {
        if (detached) {
            return;
        }
        try {
            PrivateFile.write(draft, LeaseText.write(lease));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Logger.warn("the lease is not remembered, a restarted service will ask for a new one: {}", e.toString());
        }
    }

    @Override
    public void forget() {
        if (detached) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Logger.warn("the lease cannot be forgotten: {}", e.toString());
        }
    }

    @Override
    public Optional<Lease> recall() {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return LeaseText.parse(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            Logger.warn("the remembered lease cannot be read: {}", e.toString());
            return Optional.empty();
        }
    }
}
