package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTest {
    private static Octets octets(String hex) {
        return Octets.of(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static Octets ascii(String text) {
        return Octets.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(int code, Octets value) {
        return Option.text(code, value).orElse("-");
    }

    @Test
    void namesAreThoseOfDhclientAndNetworkManager() throws IOException {
        List<String> expected = Files.readAllLines(Path.of("test-fixtures", "option-names.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        List<String> names = Arrays.stream(Option.values())
                .map(option -> option.code() + " " + option.textName())
                .toList();
        assertEquals(expected, names);
    }

    @ParameterizedTest
    @EnumSource
    void optionIsFoundByCodeAndByName(Option option) {
        assertEquals(Optional.of(option), Option.byCode(option.code()));
        assertEquals(Optional.of(option), Option.byTextName(option.textName()));
        assertTrue(option.rfc().matches("RFC \\d{4}( §[\\d.]+)?|MS-DHCPE|draft-ietf-wrec-wpad-01"), option.rfc());
    }

    @Test
    void codeThatIsNotInTheTableIsUnknown() {
        assertEquals(Optional.empty(), Option.byCode(224));
        assertEquals(Optional.empty(), Option.byTextName("unknown_224"));
        assertEquals("unknown_224", Option.textName(224));
        assertEquals("abc", text(224, ascii("abc")));
        assertEquals("1:2:ff", text(224, octets("0102ff")));
    }

    @ParameterizedTest
    @CsvSource({
        "1, ffffff00, 255.255.255.0",
        "2, fffff1f0, -3600",
        "2, 7fffffff, 2147483647",
        "3, c0000201, 192.0.2.1",
        "6, c0000201 c0000202, 192.0.2.1 192.0.2.2",
        "13, ffff, 65535",
        "19, 00, false",
        "19, 01, true",
        "19, 02, true",
        "23, ff, 255",
        "25, 0044 05dc, 68 1500",
        "33, c0000201 c0000202 c0000203 c0000204, 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4",
        "51, ffffffff, 4294967295",
        "51, 80000000, 2147483648",
        "55, 0103067921fc, 1 3 6 121 33 252",
        "61, 01020000000001, 1:2:0:0:0:0:1",
        "78, 01 c0000201 c0000202, true 192.0.2.1 192.0.2.2",
        "79, 00 61 62, false ab",
        "94, 010203, 1 2 3",
        "97, 00 0a0b, 0 a:b",
        "121, 18c0a80a c0a80101, 24 192 168 10 192 168 1 1",
        "146, 01 c0000201 c0000202 0161 0162 00, 1 192.0.2.1 192.0.2.2 a.b.",
        "159, 08 06 0034, 8 6 52",
        "249, 00 0a4d0001, 0 10 77 0 1"
    })
    void shapesHaveTheTextsOfDhclient(int code, String hex, String expected) {
        assertEquals(expected, text(code, octets(hex)));
    }

    /** CVE-2009-0692 and CVE-2026-44815: an option of fixed size with another length. */
    @Test
    void everyLengthIsTextOnlyIfItFitsTheShape() {
        assertEquals(Set.of(4), lengths(1));
        assertEquals(Set.of(1), lengths(53));
        assertEquals(Set.of(2), lengths(26));
        assertEquals(Set.of(4), lengths(51));
        assertEquals(multiples(4), lengths(3));
        assertEquals(multiples(8), lengths(33));
        assertEquals(multiples(2), lengths(25));
        // A prefix length of 1, one octet of destination, a router: six.
        assertEquals(multiples(6), lengths(121));
        assertEquals(Set.of(3), lengths(94));
        assertEquals(multiples(1), lengths(61));
    }

    /** NetworkManager takes the first list of routes that is there, however useless: then the default route would be lost. */
    @Test
    void aListOfRoutesThatIsCutOrHasAnImpossibleWidthIsNone() {
        assertEquals("0 192 0 2 1", text(121, octets("00 c0000201")));
        for (String broken : new String[] {"00 c00002", "21 0a0a0a0a0a c0000201", "18 0a0a", "00 c0000201 18"}) {
            assertTrue(Option.text(121, octets(broken)).isEmpty(), broken);
            assertTrue(Option.text(249, octets(broken)).isEmpty(), broken);
        }
    }

    private static Set<Integer> lengths(int code) {
        Set<Integer> lengths = new TreeSet<>();
        for (int length = 0; length < 256; length++) {
            byte[] value = new byte[length];
            Arrays.fill(value, (byte) 1);
            if (Option.text(code, Octets.of(value)).isPresent()) {
                lengths.add(length);
            }
        }
        return lengths;
    }

    private static Set<Integer> multiples(int of) {
        return IntStream.range(1, 256)
                .filter(length -> length % of == 0)
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }

    /** Lengths 0..255 of each code, with zeros, ones, letters, high bits and noise. */
    @Test
    @Tag("long")
    void everyLengthOfEveryCodeIsPrintableAsciiOrNothing() throws MalformedPacketException {
        SplittableRandom random = new SplittableRandom(2132);
        for (int code = 1; code < 255; code++) {
            for (int length = 0; length < 256; length++) {
                for (Octets value : values(length, random)) {
                    assertTrue(isPrintable(text(code, value)));
                    checkReader(code, value);
                }
            }
        }
    }

    private static List<Octets> values(int length, SplittableRandom random) {
        List<Octets> values = new ArrayList<>();
        for (int fill : new int[] {0, 1, 'a', 0xc0, 0xff}) {
            byte[] value = new byte[length];
            Arrays.fill(value, (byte) fill);
            values.add(Octets.of(value));
        }
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        values.add(Octets.of(noise));
        return values;
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static void checkReader(int code, Octets value) throws MalformedPacketException {
        if (code == Option.OVERLOAD.code() || code == Option.DHCP_MESSAGE_TYPE.code()) {
            return;
        }
        Options options = Options.NONE.with(Option.DHCP_MESSAGE_TYPE, Octets.u8(MessageType.ACK.code()));
        byte[] start = MessageWriter.write(
                new Message(2, 1, 0, 0, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY, MacAddress.ZERO, options), 0);
        byte[] payload = Arrays.copyOf(start, start.length + 1 + value.length());
        payload[start.length - 1] = (byte) code;
        payload[start.length] = (byte) value.length();
        System.arraycopy(value.toArray(), 0, payload, start.length + 1, value.length());
        assertEquals(
                Optional.of(value),
                MessageReader.read(payload, 0, payload.length).options().find(code));
    }

    @Test
    void textIsEscapedAsDhclientDoes() {
        assertEquals("a\\\"b\\'c\\$d\\`e\\\\f\\|g\\&h", text(56, ascii("a\"b'c$d`e\\f|g&h")));
        assertEquals("; ( ) < > * ?", text(56, ascii("; ( ) < > * ?")));
        assertEquals("a\\012\\015\\033\\177\\200\\377\\000b", text(56, ascii("a\n\r\33\177\200\377\0b")));
        assertEquals("text", text(56, ascii("text\0")));
        assertEquals("-", text(56, ascii("\0")));
    }

    @Test
    void vendorBytesAreTextOnlyIfAllIsPrintable() {
        assertEquals("MSFT 5.0", text(60, ascii("MSFT 5.0\0")));
        assertEquals("4d:0:a", text(60, octets("4d000a")));
        assertEquals("\\$\\(x", text(60, ascii("$(x")).replace("(", "\\("));
    }

    /** CVE-2011-0997: names that reach a shell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(x)",
                "`x`",
                "a;b",
                "a b",
                "a\nb",
                "a\0b",
                "a\"b",
                "a'b",
                "../etc",
                "a/b",
                "\33[31m",
                "\u00c3\u00a4",
                "-a",
                "a-",
                "_a",
                "a_",
                "a.-b",
                ".",
                "..",
                ".a",
                "a..b",
                "a|b",
                "a&b",
                "a=b",
                "a%b",
                "a\\b",
                "*"
            })
    void nameThatIsNoneIsNotPassedOn(String name) {
        for (int code : new int[] {12, 15, 40, 47}) {
            assertEquals("-", text(code, ascii(name)), "option " + code);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "lab.example", "lab.example.", "A-b_c.d9", "Zz0.9", "9", "x1.y2.z3"})
    void nameIsPassedOn(String name) {
        for (int code : new int[] {12, 15, 40, 47}) {
            assertEquals(name, text(code, ascii(name)));
        }
    }

    @Test
    void labelsAndNamesHaveALongestLength() {
        String longest = "a".repeat(63);
        assertEquals(longest, text(15, ascii(longest)));
        assertEquals("-", text(15, ascii(longest + "a")));
        String name = String.join(".", longest, longest, longest, longest);
        assertEquals(255, name.length());
        assertEquals(name, text(15, ascii(name)));
        assertEquals("-", text(15, ascii(name + ".")));
    }

    @Test
    void rootPathHasOnlyMarksOfPaths() {
        assertEquals("192.0.2.1:/srv/root,v3 [x]=~@%+#", text(17, ascii("192.0.2.1:/srv/root,v3 [x]=~@%+#")));
        for (String path : List.of("$(x)", "`x`", "a;b", "a\"b", "a\nb", "a'b", "a|b", "a&b", "a*", "<a", "a(b")) {
            assertEquals("-", text(17, ascii(path)), path);
        }
    }
}
