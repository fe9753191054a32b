package org.dhcpcanon.shim;

import static org.dhcpcanon.runtime.AttachRefusedException.Kind.BAD_DIRECTORY;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The directory in which a shim has put its arguments and two fifos: {@code BASE/shim.PID}.
 *
 * @param base where all of them are
 * @param processId of the shim; positive
 */
record AttachDirectory(Path base, int processId) {
    private static final Pattern NAME = Pattern.compile("shim\\.([1-9][0-9]{0,9})");
    /** What we or the shim put there. Anything else is not ours to delete. */
    private static final Pattern CONTENT =
            Pattern.compile("argv|to-shim|from-shim|answer|private|stop|lease|lease\\.new|(?:env|entry)\\.[0-9]{1,10}");

    private static final int DIRECTORY = 0040000;
    private static final int TYPE_AND_OTHERS = 0170077;

    /**
     * Takes the directory only if it is what a shim of root makes: whoever else could choose it could make us read, write and
     * delete elsewhere.
     *
     * @param owner the numeric user id that must own it
     */
    static AttachDirectory check(Path base, int owner, String text) throws AttachRefusedException {
        AttachDirectory directory = named(base, text).orElseThrow(() -> refused(text, "is not " + base + "/shim.PID"));
        try {
            Map<String, Object> facts =
                    Files.readAttributes(directory.path(), "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
            return checked(directory, owner, (Integer) facts.get("mode"), (Integer) facts.get("uid"));
        } catch (IOException e) {
            throw refused(text, "cannot be looked at (" + Shown.of(String.valueOf(e.getMessage())) + ")");
        }
    }

    private static AttachDirectory checked(
            AttachDirectory directory, int owner, @Nullable Integer mode, @Nullable Integer uid)
            throws AttachRefusedException {
        if (mode == null || (mode & TYPE_AND_OTHERS) != DIRECTORY) {
            throw refused(directory.path().toString(), "is not a directory that only its owner can enter");
        }
        if (uid == null || uid != owner) {
            throw refused(directory.path().toString(), "belongs to another user");
        }
        return directory;
    }

    private static AttachRefusedException refused(String text, String why) {
        return new AttachRefusedException(BAD_DIRECTORY, "the attach directory " + Shown.of(text) + " " + why);
    }

    /** By the letters, before the text is a path: no dots, no double slashes. */
    private static Optional<AttachDirectory> named(Path base, String text) {
        String prefix = base + "/";
        return text.startsWith(prefix) ? named(base, NAME.matcher(text.substring(prefix.length()))) : Optional.empty();
    }

    private static Optional<AttachDirectory> named(Path base, Matcher name) {
        if (!name.matches() || Long.parseLong(name.group(1)) > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.of(new AttachDirectory(base, Integer.parseInt(name.group(1))));
    }

    Path path() {
        return base.resolve(name());
    }

    private String name() {
        return "shim." + processId;
    }

    Path arguments() {
        return path().resolve("argv");
    }

    Path toShim() {
        return path().resolve("to-shim");
    }

    Path fromShim() {
        return path().resolve("from-shim");
    }

    Path lease() {
        return path().resolve("lease");
    }

    /** The name of the file with the environment of a script. */
    static String environmentName(int sequence) {
        return "env." + sequence;
    }

    Path environment(int sequence) {
        return path().resolve(environmentName(sequence));
    }

    /** The name of a file with an entry for a lease file. */
    static String entryName(int sequence) {
        return "entry." + sequence;
    }

    Path entry(int sequence) {
        return path().resolve(entryName(sequence));
    }

    /** Removes it with what is known to be in it. The shim may be doing the same, and a link is never followed. */
    void remove() {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(base)) {
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                empty(secure);
                secure.deleteDirectory(Path.of(name()));
            }
        } catch (IOException e) {
            Logger.debug("not all of {} could be removed: {}", path(), e.toString());
        }
    }

    private void empty(SecureDirectoryStream<Path> secure) throws IOException {
        try (SecureDirectoryStream<Path> inside =
                secure.newDirectoryStream(Path.of(name()), LinkOption.NOFOLLOW_LINKS)) {
            for (Path file : inside) {
                Path name = file.getFileName();
                if (name != null && CONTENT.matcher(name.toString()).matches()) {
                    deleteIfThere(inside, name);
                }
            }
        }
    }

    private static void deleteIfThere(SecureDirectoryStream<Path> directory, Path name) {
        try {
            directory.deleteFile(name);
        } catch (IOException e) {
            Logger.debug("{} could not be removed: {}", name, e.toString());
        }
    }

    /** Removes the directories of shims that were killed when no service had their fifos open. */
    static void sweep(Path base, IntPredicate running) {
        for (AttachDirectory directory : all(base)) {
            if (!running.test(directory.processId)) {
                Logger.info("{} is left over from a process that is gone: removed", directory.path());
                directory.remove();
            }
        }
    }

    private static List<AttachDirectory> all(Path base) {
        List<AttachDirectory> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(base, "shim.*")) {
            stream.forEach(path -> named(base, path.toString()).ifPresent(found::add));
        } catch (IOException e) {
            Logger.debug("no attach directories: {}", e.toString());
        }
        return found;
    }
}
