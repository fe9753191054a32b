package org.dhcpcanon.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this process has open. */
final class OpenDescriptors {
    private OpenDescriptors() {}

    /**
     * How many descriptors there are of one kind; not of all kinds, as the JVM opens and closes jars and pipes as it likes.
     *
     * @param start of what {@code /proc/self/fd} calls them
     */
    static int count(String start) throws IOException {
        List<Path> all;
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            all = descriptors.toList();
        }
        int count = 0;
        for (Path descriptor : all) {
            count += targetOf(descriptor).startsWith(start) ? 1 : 0;
        }
        return count;
    }

    private static String targetOf(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        }
    }
}
