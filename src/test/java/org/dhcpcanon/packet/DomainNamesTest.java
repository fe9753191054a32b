package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Option 119 of a hostile server: RFC 3397, RFC 9267, CVE-2019-0547, CVE-2020-7461. */
class DomainNamesTest {
    private static Optional<String> search(String hex) {
        return Option.DOMAIN_SEARCH.text(Octets.of(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @ParameterizedTest
    @CsvSource({
        "0161 0162 00, a.b.",
        "0161 0162 00 0163 0164 00, a.b. c.d.",
        "0161 0162 00 0163 c000, a.b. c.a.b.",
        "0161 0162 00 0163 c002, a.b. c.b.",
        "0161 0162 00 0163 c000 0164 c005, a.b. c.a.b. d.c.a.b.",
        "0161 0162 00 c000, a.b. a.b."
    })
    void namesAndPointersToEarlierNamesAreRead(String hex, String expected) {
        assertEquals(Optional.of(expected), search(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00", // only the root
                "0161 0162 00 00", // a root behind a name
                "0161 00", // one label
                "0161 0162", // no end
                "0161 02", // label cut off
                "05 6162", // label cut off
                "0161 0162 c0", // pointer cut off
                "c000", // to itself
                "0161 c000", // to its own name
                "0161 0162 c000", // loop of one
                "0161 c004 0162 c000", // loop of two
                "0161 c004 0162 c008 0163 c000", // loop of three
                "0161 0162 00 0163 c009 0164 0165 00", // forward
                "0161 0162 00 0163 c007", // to itself, behind a name
                "c0ff", // past the end
                "0161 0162 00 0163 ffff", // past the end
                "02 c001 0001 41 c001", // the octets of the FreeBSD report
                "0161 0162 00 0163 c001", // into a label
                "4161 0162 00", // reserved label type 01
                "8161 0162 00", // reserved label type 10
                "0120 0162 00", // a space
                "0100 0162 00", // a NUL
                "012e 0162 00", // a dot
                "0124 0162 00", // a dollar sign
                "010a 0162 00", // a newline
                "01e4 0162 00", // not ASCII
                "012d 0162 00" // only a hyphen
            })
    void listWithAnyBrokenNameIsNotPassedOn(String hex) {
        assertEquals(Optional.empty(), search(hex));
    }

    @Test
    void labelsAndNamesHaveALongestLength() {
        String label = "3f" + "61".repeat(63);
        assertEquals(Optional.of(("a".repeat(63) + ".").repeat(2)), search(label.repeat(2) + "00"));
        assertEquals(Optional.empty(), search("4061" + "61".repeat(63) + "0161 00"));
        assertEquals(Optional.empty(), search(label.repeat(4) + "00"));
        assertEquals(Optional.empty(), search("0161 3e" + "61".repeat(62) + label.repeat(3) + "c000"));
    }

    @Test
    void longChainOfPointersEndsAtOnce() {
        StringBuilder chain = new StringBuilder("0161 0162 00 c000");
        for (int at = 5; at < 16_000; at += 2) {
            chain.append(String.format("%04x", 0xc000 | at));
        }
        assertTimeout(Duration.ofSeconds(1), () -> assertEquals(Optional.empty(), search(chain.toString())));
    }

    @Test
    void tenThousandNamesAreTooMany() {
        assertTimeout(Duration.ofSeconds(1), () -> assertEquals(Optional.empty(), search("0161016200".repeat(10_000))));
        String almost = "0161016200".repeat(818);
        assertEquals(4096, search(almost + "026161 026262 00").orElseThrow().length());
        assertEquals(Optional.empty(), search(almost + "026161 03626262 00"));
    }

    @Test
    void aPointerHasFourteenBits() {
        String names = "016100".repeat(86) + "017800" + "0179c102";
        String text = Option.text(88, Octets.of(HexFormat.of().parseHex(names))).orElseThrow();
        assertTrue(text.endsWith("a. x. y.x."), text);
    }

    @Test
    void aLabelOfAReservedTypeIsNotSkipped() {
        String names = "40" + "61".repeat(64) + "016100";
        assertEquals(Optional.empty(), Option.text(88, Octets.of(HexFormat.of().parseHex(names))));
    }

    @Test
    void otherNameListsMayHaveSingleLabels() {
        Octets value = Octets.of(HexFormat.of().parseHex("0161000162c000"));
        assertEquals(Optional.of("a. b.a."), Option.byCode(88).orElseThrow().text(value));
        assertEquals(Optional.of("a. b.a."), Option.byCode(141).orElseThrow().text(value));
    }
}
