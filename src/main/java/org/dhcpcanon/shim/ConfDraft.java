package org.dhcpcanon.shim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.lease.Adjustments;
import org.dhcpcanon.runtime.Wishes;

/** A dhclient.conf as far as it has been read, over all files that it includes. */
final class ConfDraft {
    /** Octets of all files together. */
    static final int LARGEST = 1024 * 1024;

    final String interfaceName;
    final ConfReport report = new ConfReport();
    final OptionNames names = new OptionNames();
    final ConfScope everywhere = new ConfScope();
    final ConfScope here = new ConfScope();
    private SortedMap<String, String> alias = new TreeMap<>();
    boolean epochDates;
    private int room = LARGEST;

    ConfDraft(String interfaceName) {
        this.interfaceName = interfaceName;
    }

    /** The last alias of the interface counts. */
    void alias(SortedMap<String, String> variables) {
        if (!variables.isEmpty()) {
            alias = variables;
        }
    }

    /** The text of a file; empty if it cannot be read, which then has been reported. */
    Optional<String> text(String file) {
        try {
            Path path = Path.of(file);
            if (!path.isAbsolute()) {
                report.warn(Shown.of(file) + " is not read: expected an absolute path");
            } else if (!Files.isRegularFile(path)) {
                report.warn(Shown.of(file) + " is not there, or not a file");
            } else {
                return text(path);
            }
        } catch (InvalidPathException | IOException e) {
            report.warn(Shown.of(file) + " cannot be read: " + Shown.of(e.toString()));
        }
        return Optional.empty();
    }

    private Optional<String> text(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(room + 1);
            if (bytes.length > room) {
                report.warn(Shown.of(path.toString()) + " is not read: with it there were more than " + LARGEST
                        + " octets");
                return Optional.empty();
            }
            room -= bytes.length;
            return Optional.of(Shown.decode(bytes));
        }
    }

    DhclientConf finished(String file) {
        ConfScope scope = everywhere.with(here);
        return new DhclientConf(
                scope.rejected,
                scope.timeout,
                scope.script,
                new Wishes(
                        scope.retry,
                        scope.requested(),
                        scope.sends(),
                        scope.required(),
                        new Adjustments(scope.adjustments),
                        names.definitions(),
                        epochDates,
                        alias),
                report.suppressed(),
                report.warnings(Shown.of(file)));
    }
}
