package org.dhcpcanon.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** A bad profile is refused with the line and what was expected there. */
class ProfileReaderTest {
    static final java.util.List<String> NAMES = Profiles.NAMES;

    private static String mistake(String text) {
        MistakeException mistake =
                assertThrows(MistakeException.class, () -> ProfileReader.read("my.profile", "my", text));
        return java.util.Objects.requireNonNull(mistake.getMessage());
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void aCopyOfABuiltInProfileIsThatProfile(String name) throws MistakeException {
        assertEquals(Profiles.byName(name), ProfileReader.read("copy", name, Profiles.text(name)));
    }

    /** Each line of a profile is needed, and none can be changed into nonsense. */
    @ParameterizedTest
    @FieldSource("NAMES")
    void everyKeyIsNeededAndReadStrictly(String name) {
        List<String> lines = Profiles.text(name).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.contains(" = ")) {
                List<String> broken = new ArrayList<>(lines);
                broken.set(i, line.substring(0, line.indexOf('=') + 1) + " \u00e9?");
                assertTrue(mistake(String.join("\n", broken)).startsWith("my.profile line " + (i + 1) + ": "), line);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discover = 53 55 61 | discover = 55 53 61 | line 7: discover: expected 53 first",
                "discover = 53 55 61 | discover = 53 50 55 61 | line 7: discover: expected no 50",
                "select = 53 50 54 55 61 | select = 53 50 55 61 | line 9: select: expected also 54",
                "renew = 53 55 61 | renew = 53 55 61 55 | line 10: renew: expected option codes",
                "renew = 53 55 61 | renews = 53 55 61 | line 10: \"renews\" is not a key of [messages]",
                "renew = 53 55 61 | renew 53 55 61 | line 10: expected \"key = value\"",
                "[packet] | [pocket] | line 20: expected [messages], [parameters]",
                "ttl = 64 | ttl = 256 | ttl: expected a number of 1 to 255",
                "ttl = 64 | ttl = | ttl: expected a number of 1 to 255",
                "padding = 300 | padding = 1201 | padding: expected a number of 0 to 1200",
                "secs = normal | secs = uptime | secs: expected normal or reversed",
                "64000~1000 | 64000 | waits: expected milliseconds~spread",
                "64000~1000 | 499~1 | waits: expected milliseconds~spread",
                "64000~1000 | 500~500 | waits: expected milliseconds~spread",
                "reboot = 53 50 55 61 | reboot = 53 55 61 | line 8: reboot: expected also 50",
                "probes = 20~19 | probes = 20 | probes: expected milliseconds~spread",
                "listening = 100~30 | listening = 100~30 100~30 | listening: expected milliseconds~spread",
                "announcements = 1~0 2000~100 | announcements = no | announcements: expected milliseconds~spread",
                "request-tries = 3 | request-tries = 11 | request-tries: expected a number of 1 to 10",
            })
    void theMistakeIsNamed(String right, String wrong, String words) {
        String text = Profiles.text("strict");
        assertTrue(text.contains(right));
        String said = mistake(text.replace(right, wrong));
        assertTrue(said.startsWith("my.profile line ") && said.contains(words), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "54 = 01:02:03:04 | the code of an option that is free",
                "61 = 01:02:03:04 | the code of an option that is free",
                "60 = 1:2 | expected \"text\" or octets",
                "60 = \"a | expected \"text\" or octets",
                "host-name = a.b | letters, digits, hyphens and stars",
            })
    void valuesThatTheMachineDecidesOrThatAreNoneAreRefused(String line, String words) {
        String said = mistake(Profiles.text("strict") + "\n[values]\n" + line + "\n");
        assertTrue(said.contains(words), said);
    }

    @Test
    void aMissingKeyIsNamed() {
        assertEquals("my.profile: expected \"discover\" in [messages]", mistake("# nothing\n"));
    }

    @Test
    void whatATerminalWouldObeyIsNotShown() {
        assertEquals("my.profile line 1: expected \"[section]\", found \"a?[31m = b\"", mistake("a\u001b[31m = b\n"));
    }
}
