package org.dhcpcanon.callers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dhcpcanon.lab.Shell;

/** Packages of Debian, unpacked once, where a lab sees them too. */
final class Unpacked {
    private static final String DEBS =
            Path.of("test-fixtures/lab/debs").toAbsolutePath().toString();
    private static final Path CACHE = Path.of("/var/cache/dhcpcanon-lab/unpacked");

    private Unpacked() {}

    /** The directory that is the packages' root. */
    static synchronized Path packages(String... names) {
        Path root = CACHE.resolve(names[0] + "-" + Integer.toHexString(Arrays.hashCode(names)));
        try {
            if (!Files.exists(root)) {
                Files.createDirectories(CACHE);
                unpack(root, names);
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** There under its name only when it is whole. */
    private static void unpack(Path root, String... names) throws IOException {
        Path draft = Files.createTempDirectory(CACHE, "draft");
        List<String> command = new ArrayList<>(List.of(DEBS));
        command.addAll(List.of(names));
        for (String file : Shell.run(command).ok().lines().toList()) {
            Shell.run(List.of("dpkg-deb", "-x", file, draft.toString())).ok();
        }
        Files.move(draft, root);
    }
}
