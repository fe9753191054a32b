package org.dhcpcanon.shim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.dhcpcanon.runtime.FormerLeases;
import org.dhcpcanon.runtime.LeaseStore;
import org.tinylog.Logger;

/** A file for each connection, in a directory that is made when the first one is wanted. */
public final class FormerLeaseFiles implements FormerLeases {
    private static final Pattern UUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private final Path directory;

    public FormerLeaseFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public LeaseStore of(String connection) {
        if (!UUID.matcher(connection).matches()) {
            return LeaseStore.NONE;
        }
        try {
            prepare();
            return new FileLeaseStore(directory.resolve(connection));
        } catch (IOException e) {
            Logger.warn("the last lease of a connection is not remembered: {}", e.toString());
            return LeaseStore.NONE;
        }
    }

    private void prepare() throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
