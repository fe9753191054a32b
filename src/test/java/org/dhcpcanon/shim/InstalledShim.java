package org.dhcpcanon.shim;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The shims in a place of their own, with interpreters that have the names of those of the package. */
public final class InstalledShim {
    private static final List<String> PROGRAMS = List.of("dhclient", "dhcpcd");
    private static final Path SOURCE = Path.of("src/main/sh");

    private InstalledShim() {}

    /**
     * Puts them into {@code root/bin}.
     *
     * @param shell the real one
     */
    public static void at(Path root, String shell) throws IOException {
        Files.createDirectories(root.resolve("sh"));
        Files.createDirectories(root.resolve("bin"));
        for (String program : PROGRAMS) {
            Files.createSymbolicLink(root.resolve("sh").resolve(program), Path.of(shell));
            String text = Files.readString(SOURCE.resolve(program));
            write(root, program, text.replace("#!/usr/lib/dhcpcanon/sh/", "#!" + root.resolve("sh") + "/"));
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(SOURCE, "shim*.sh")) {
            for (Path part : parts) {
                write(root, part.toFile().getName(), Files.readString(part));
            }
        }
    }

    private static void write(Path root, String name, String text) throws IOException {
        Path file = Files.writeString(root.resolve("bin").resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** JUnit warns of links that lead out of its directory. */
    public static void removeLinks(Path root) throws IOException {
        for (String program : PROGRAMS) {
            Files.deleteIfExists(root.resolve("sh").resolve(program));
        }
    }
}
