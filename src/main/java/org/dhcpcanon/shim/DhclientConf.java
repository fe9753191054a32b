package org.dhcpcanon.shim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.dhcpcanon.packet.Prefix;

/**
 * What matters to us of a dhclient.conf.
 *
 * @param rejected servers that must be ignored
 * @param timeoutSeconds of {@code timeout}, 1..2147483647
 * @param suppressed what it asks to send, which we do not
 * @param warnings where it is wrong, or asks for what we do not do
 */
record DhclientConf(
        List<Prefix> rejected, OptionalLong timeoutSeconds, List<String> suppressed, List<String> warnings) {
    static final int LARGEST = 1024 * 1024;

    DhclientConf {
        rejected = List.copyOf(rejected);
        suppressed = List.copyOf(suppressed);
        warnings = List.copyOf(warnings);
    }

    static DhclientConf none(String... warnings) {
        return new DhclientConf(List.of(), OptionalLong.empty(), List.of(), List.of(warnings));
    }

    /** A file that is missing or cannot be read is a warning: dhclient does not mind either, and no lease would be worse. */
    static DhclientConf read(String file, String interfaceName) {
        try {
            Path path = Path.of(file);
            if (!path.isAbsolute()) {
                return none(Shown.of(file) + " is not read: expected an absolute path");
            }
            if (!Files.isRegularFile(path)) {
                return none(Shown.of(file) + " is not there, or not a file");
            }
            return read(path, interfaceName);
        } catch (InvalidPathException | IOException e) {
            return none(Shown.of(file) + " cannot be read: " + Shown.of(e.toString()));
        }
    }

    private static DhclientConf read(Path path, String interfaceName) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                return none(Shown.of(path.toString()) + " is larger than " + LARGEST + " octets, and not read");
            }
            return parse(path.toString(), Shown.decode(bytes), interfaceName);
        }
    }

    /**
     * Takes any text.
     *
     * @param file its name, for messages
     * @param interfaceName whose {@code interface} blocks count
     */
    static DhclientConf parse(String file, String text, String interfaceName) {
        return new DhclientConfReader(file, text, interfaceName).read();
    }

    /** Seconds in 1..2147483647; empty for anything else. */
    static OptionalLong seconds(String text) {
        if (!text.matches("[0-9]{1,10}")) {
            return OptionalLong.empty();
        }
        long seconds = Long.parseLong(text);
        return seconds >= 1 && seconds <= Integer.MAX_VALUE ? OptionalLong.of(seconds) : OptionalLong.empty();
    }
}
