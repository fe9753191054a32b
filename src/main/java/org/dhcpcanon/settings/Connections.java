package org.dhcpcanon.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NetworkManager's connection files, of which one section is read and nothing kept else: others hold passwords. A
 * connection that is kept elsewhere (ifcfg files) has no name here.
 */
final class Connections {
    /** Where NetworkManager looks for them, in its order. */
    private static final List<Path> DIRECTORIES = List.of(
            Path.of("/run/NetworkManager/system-connections"),
            Path.of("/etc/NetworkManager/system-connections"),
            Path.of("/usr/lib/NetworkManager/system-connections"));

    private final List<Path> directories;

    Connections() {
        this(DIRECTORIES);
    }

    Connections(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /** The name that its user has given to a connection; empty if it is not to be found. */
    Optional<String> idOf(String uuid) {
        return directories.stream()
                .flatMap(directory -> files(directory).stream())
                .map(Connections::heading)
                .filter(heading -> heading.uuid().equalsIgnoreCase(uuid))
                .map(Heading::id)
                .findFirst();
    }

    private record Heading(String uuid, String id) {}

    private static List<Path> files(Path directory) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.nmconnection")) {
            found.forEach(files::add);
        } catch (IOException e) {
            return List.of();
        }
        files.sort(null);
        return files;
    }

    /** The keys of {@code [connection]}; empty texts where they are missing or the file cannot be read. */
    private static Heading heading(Path file) {
        Heading heading = new Heading("", "");
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            while (line != null && !line.strip().equals("[connection]")) {
                line = reader.readLine();
            }
            for (line = reader.readLine(); line != null && !line.startsWith("["); line = reader.readLine()) {
                heading = with(heading, line);
            }
        } catch (IOException e) {
            return heading;
        }
        return heading;
    }

    private static Heading with(Heading heading, String line) {
        String[] parts = line.split("=", 2);
        String value = parts.length == 2 ? unescaped(parts[1].strip()) : "";
        return switch (parts[0].strip()) {
            case "uuid" -> new Heading(value, heading.id());
            case "id" -> new Heading(heading.uuid(), value);
            default -> heading;
        };
    }

    /** GLib's key files write blanks at the beginning, and backslashes, so. */
    private static String unescaped(String value) {
        return value.replace("\\s", " ").replace("\\t", "\t").replace("\\\\", "\\");
    }
}
