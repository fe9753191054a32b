package org.dhcpcanon.shim;

import static org.dhcpcanon.runtime.AttachRefusedException.Kind.BAD_ARGUMENTS;
import static org.dhcpcanon.runtime.AttachRefusedException.Kind.BAD_DIRECTORY;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dhcpcanon.runtime.AttachRefusedException;

/**
 * The file {@code argv}: the number of arguments, the program's name, the arguments, each ended by NUL.
 *
 * @param arguments without the program's name
 */
record ArgumentFile(Program program, List<String> arguments) {
    static final int LARGEST = 64 * 1024;

    ArgumentFile {
        arguments = List.copyOf(arguments);
    }

    static ArgumentFile read(Path file) throws AttachRefusedException {
        return parse(load(file));
    }

    private static byte[] load(Path file) throws AttachRefusedException {
        // Asked before it is opened, since opening a fifo would wait.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new AttachRefusedException(BAD_DIRECTORY, file + " is missing, or not a file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new AttachRefusedException(BAD_DIRECTORY, file + " cannot be read: " + Shown.of(e.toString()));
        }
    }

    static ArgumentFile parse(byte[] bytes) throws AttachRefusedException {
        if (bytes.length > LARGEST) {
            throw new AttachRefusedException(BAD_ARGUMENTS, "the arguments are longer than " + LARGEST + " octets");
        }
        List<String> strings = strings(bytes);
        if (strings.size() < 2 || !strings.get(0).equals(Integer.toString(strings.size() - 2))) {
            throw truncated("it holds " + Math.max(0, strings.size() - 2) + " arguments, not as many as it says");
        }
        return new ArgumentFile(Program.of(strings.get(1)), strings.subList(2, strings.size()));
    }

    private static List<String> strings(byte[] bytes) throws AttachRefusedException {
        List<String> strings = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                strings.add(Shown.decode(Arrays.copyOfRange(bytes, start, i)));
                start = i + 1;
            }
        }
        if (start != bytes.length) {
            throw truncated("its last string has no end");
        }
        return strings;
    }

    private static AttachRefusedException truncated(String why) {
        return new AttachRefusedException(BAD_ARGUMENTS, "the file argv is not whole: " + why);
    }
}
