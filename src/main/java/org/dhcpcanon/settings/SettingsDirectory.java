package org.dhcpcanon.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dhcpcanon.client.Profile;

/** The settings of a directory: {@code dhcpcanon.conf}, {@code dhcpcanon.conf.d/*.conf}, {@code profiles.d/*.profile}. */
public final class SettingsDirectory {
    private static final String PROFILE = ".profile";
    private static final int LARGEST = 64 * 1024;

    private SettingsDirectory() {}

    /**
     * Reads everything anew. What is not there is as if it were empty; drop-ins come after the file, in the order of their names.
     *
     * @throws MistakeException with file, line and what was expected
     */
    public static Settings read(Path directory) throws MistakeException {
        return read(directory, new Connections());
    }

    static Settings read(Path directory, Connections connections) throws MistakeException {
        List<KeyFile> files = new ArrayList<>();
        Path main = directory.resolve("dhcpcanon.conf");
        if (Files.exists(main)) {
            files.add(KeyFile.parse(main.toString(), text(main)));
        }
        for (Path file : list(directory.resolve("dhcpcanon.conf.d"), ".conf")) {
            files.add(KeyFile.parse(file.toString(), text(file)));
        }
        return Settings.of(files, profiles(directory.resolve("profiles.d")), connections);
    }

    private static Map<String, Profile> profiles(Path directory) throws MistakeException {
        Map<String, Profile> own = new HashMap<>();
        for (Path file : list(directory, PROFILE)) {
            String name = file.getFileName().toString();
            name = name.substring(0, name.length() - PROFILE.length());
            if (!name.matches("[a-z0-9-]{1,32}") || Profiles.NAMES.contains(name)) {
                throw new MistakeException(
                        file.toString(), 0, "expected a name of its own, of small letters, digits and hyphens");
            }
            own.put(name, ProfileReader.read(file.toString(), name, text(file)));
        }
        return own;
    }

    private static List<Path> list(Path directory, String suffix) throws MistakeException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + suffix)) {
            found.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return files;
        } catch (IOException e) {
            throw new MistakeException(directory.toString(), 0, "cannot be read: " + e);
        }
        files.sort(null);
        return files;
    }

    private static String text(Path file) throws MistakeException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new MistakeException(file.toString(), 0, "expected at most " + LARGEST + " octets");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new MistakeException(file.toString(), 0, "cannot be read as UTF-8 text: " + e);
        }
    }
}
