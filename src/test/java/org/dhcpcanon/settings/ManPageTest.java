package org.dhcpcanon.settings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What can be set is in dhcpcanon.conf(5). */
class ManPageTest {
    private static String section(String page, String heading) {
        int start = page.indexOf("\n" + heading + "\n");
        assertTrue(start >= 0, "no " + heading);
        int end = page.indexOf("\n.S", start + 1);
        return page.substring(start, end).replace("\\-", "-");
    }

    /** In bold, at the beginning of an entry. */
    private static void assertNamed(Set<String> keys, String section) {
        for (String key : keys) {
            assertTrue(
                    section.lines().anyMatch(line -> line.matches("\\.B[RI]? (.*[ \"])?" + key + "([ \"].*)?")),
                    key + " in " + section);
        }
    }

    @Test
    void everyKeyIsInThePage() throws Exception {
        String page = Files.readString(Path.of("src/main/man/dhcpcanon.conf.5"));
        assertNamed(Settings.KEYS, section(page, ".SH KEYS"));
        ProfileReader.KEYS.forEach((name, keys) -> assertNamed(keys, section(page, ".SS [" + name + "]")));
        assertNamed(Set.of("host-name"), section(page, ".SS [values]"));
    }
}
