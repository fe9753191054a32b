package org.dhcpcanon.bus;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Debian's polkitd on a private bus, in a mount namespace of its own, where our action is installed and the rules are the test's: the
 * machine's polkit is not touched.
 */
final class Polkitd implements AutoCloseable {
    private static final String BEGIN = """
            mount --make-rprivate /
            mount --bind "$1/actions" /usr/share/polkit-1/actions
            mount --bind "$1/rules" /etc/polkit-1/rules.d
            mount --bind "$1/none" /usr/share/polkit-1/rules.d
            exec /usr/lib/polkit-1/polkitd --no-debug
            """;

    private final Path rules;
    private final Process daemon;

    Polkitd(PrivateBus bus, Path directory) throws Exception {
        Path home = Files.createDirectory(directory.resolve("polkit"));
        Path actions = Files.createDirectory(home.resolve("actions"));
        rules = Files.createDirectory(home.resolve("rules"));
        Files.createDirectory(home.resolve("none"));
        Files.copy(Path.of("polkit/org.dhcpcanon1.policy"), actions.resolve("org.dhcpcanon1.policy"));
        daemon = bus.begin(
                directory.resolve("polkit.log"), "unshare", "--mount", "sh", "-ec", BEGIN, "polkitd", home.toString());
        BusFixture.eventually(
                "org.freedesktop.PolicyKit1",
                () -> bus.busctl("list").out() + Files.readString(directory.resolve("polkit.log")));
    }

    /** polkitd reads rules anew when one comes. */
    void let(String user) throws Exception {
        Files.writeString(rules.resolve("10-test.rules"), """
                polkit.addRule(function(action, subject) {
                    if (action.id == "org.dhcpcanon1.control" && subject.user == "%s") { return polkit.Result.YES; }
                });
                """.formatted(user));
    }

    @Override
    public void close() {
        daemon.destroy();
    }
}
