package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.client.RequestList;
import org.dhcpcanon.lease.Adjustments;
import org.dhcpcanon.packet.Options;
import org.dhcpcanon.packet.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhclientConfTest {
    private static final Path GENERATED = Path.of("test-fixtures/nm").toAbsolutePath();

    @TempDir
    Path directory;

    private static DhclientConf parse(String text) {
        return DhclientConf.parse("f", text, "eth0");
    }

    private static List<Prefix> prefixes(String... texts) {
        return java.util.Arrays.stream(texts)
                .map(text -> Prefix.parse(text).orElseThrow())
                .toList();
    }

    private static DhclientConf generated(String name) {
        return DhclientConf.read(GENERATED.resolve(name).toString(), "eth0");
    }

    @Test
    void theHostNameInNetworkManagersFileIsReportedWithItsLine() {
        DhclientConf conf = generated("dhclient-eth0.conf");
        assertEquals(
                List.of("host-name (12) from " + GENERATED.resolve("dhclient-eth0.conf") + " line 47"),
                conf.suppressed());
        assertEquals(List.of(), conf.warnings());
        assertEquals(List.of(), conf.rejected());
        assertEquals(OptionalLong.empty(), conf.timeoutSeconds());
    }

    @Test
    void everythingThatIdentifiesInNetworkManagersFileIsReported() {
        DhclientConf conf = generated("dhclient-eth0-identity.conf");
        assertEquals(
                List.of(
                        "mudurl (161)",
                        "dhcp-client-identifier (61)",
                        "fqdn.fqdn (81)",
                        "fqdn.encoded (81)",
                        "fqdn.server-update (81)",
                        "fqdn.no-client-update (81)"),
                conf.suppressed().stream()
                        .map(entry -> entry.replaceAll(" from .*", ""))
                        .toList());
        assertEquals(List.of(), conf.warnings());
        assertEquals(prefixes("192.0.2.66", "198.51.100.0/24"), conf.rejected());
        assertEquals(OptionalLong.of(91), conf.timeoutSeconds());
    }

    @Test
    void networkManagersLongestTimeoutIsTaken() {
        DhclientConf conf = generated("dhclient-eth0-text-id.conf");
        assertEquals(OptionalLong.of(Integer.MAX_VALUE), conf.timeoutSeconds());
        assertEquals(2, conf.suppressed().size());
        assertEquals(List.of(), conf.warnings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "send host-name = gethostname();|host-name (12) from f line 1",
                "SEND Host-Name \"x\";|host-name (12) from f line 1",
                "send dhcp-client-identifier 1:0:a0:24:ab:fb:9c;|dhcp-client-identifier (61) from f line 1",
                "send vendor-class-identifier \"a;b\\\"c\";|vendor-class-identifier (60) from f line 1",
                "send user-class \"x\";|user-class (77) from f line 1",
                "send dhcp6.mudurl \"x\";|dhcp6.mudurl from f line 1",
                "send something-else 5;|something-else from f line 1",
                "interface \"eth0\" { send host-name \"x\"; }|host-name (12) from f line 1",
                "if option x = 1 { send host-name \"x\"; } else { log(info, \"y\"); }|host-name (12) from f line 1"
            })
    void sentOptionsAreReported(String text, String entry) {
        DhclientConf conf = parse(text);
        assertEquals(List.of(entry), conf.suppressed());
        assertEquals(List.of(), conf.warnings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# send host-name \"x\";",
                "interface \"eth1\" { send host-name \"x\"; }",
                "send dhcp-client-identifier \"\";",
                "request host-name, subnet-mask; also request wpad; require routers;",
                "option mudurl code 161 = text;",
                "alias { option host-name \"send\"; }",
                "log(info, \"send host-name 1;\");"
            })
    void whatIsNotSentIsNotReported(String text) {
        DhclientConf conf = parse(text);
        assertEquals(List.of(), conf.suppressed());
        assertEquals(List.of(), conf.warnings());
    }

    @Test
    void timeoutAndRejectCountAtTheTopAndInOurOwnBlock() {
        DhclientConf conf = parse("""
                timeout 5; reject 192.0.2.1, 192.0.2.128/25;
                interface "eth1" { timeout 9; reject 192.0.2.9; }
                interface "eth0" { reject 198.51.100.1; timeout 7; }
                reject 203.0.113.0/24;
                """);
        assertEquals(OptionalLong.of(7), conf.timeoutSeconds());
        assertEquals(prefixes("192.0.2.1", "192.0.2.128/25", "203.0.113.0/24", "198.51.100.1"), conf.rejected());
        assertEquals(List.of(), conf.warnings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout soon; reject 192.0.2.1;|f line 1 column 9: expected seconds, 1..2147483647, found \"soon\"",
                "timeout ; reject 192.0.2.1;|f line 1 column 9: expected seconds, 1..2147483647, found \";\"",
                "timeout 5 6; reject 192.0.2.1;|f line 1 column 11: expected \";\", found \"6\"",
                "bogus a { b; } reject 192.0.2.1;|f line 1 column 1: expected a statement, found \"bogus\"",
                "} reject 192.0.2.1;|f line 1 column 1: expected a statement, found \"}\"",
                "{ x; } reject 192.0.2.1;|f line 1 column 1: expected a statement, found \"{\"",
                "interface { timeout 9; } reject 192.0.2.1;|f line 1 column 11: expected the name of an interface in quotes, found \"{\"",
                "interface \"eth0\"; reject 192.0.2.1;|f line 1 column 17: expected \"{\", found \";\"",
                "reject 192.0.2.1, server.example;|f line 1 column 19: expected an IPv4 address, or address/length, found \"server.example\"",
                "reject 192.0.2.1|f line 1 column 17: expected \";\", found the end of the file",
                "reject 192.0.2.1; interface \"eth0\" {|f line 1 column 37: expected \"}\", found the end of the file",
                "reject 192.0.2.1; media \"x\";|f line 1 column 19: \"media\" has no effect here, found \"media\"",
                "interface \"eth0\" { timeout 5 } reject 192.0.2.1;|f line 1 column 30: expected \";\", found \"}\""
            })
    void aMistakeIsNamedWithItsPlaceAndTheRestIsRead(String text, String warning) {
        DhclientConf conf = parse(text);
        assertEquals(List.of(warning), conf.warnings());
        assertEquals(prefixes("192.0.2.1"), conf.rejected());
        assertEquals(OptionalLong.empty(), conf.timeoutSeconds());
    }

    @Test
    void aStringThatIsNotClosedEndsWithItsLine() {
        DhclientConf conf = parse("send host-name \"x;\ntimeout 5;\nreject 192.0.2.1;");
        assertEquals(prefixes("192.0.2.1"), conf.rejected());
        assertEquals(1, conf.warnings().size());
        assertTrue(conf.warnings().get(0).contains("a string is not closed"));
    }

    @Test
    void aStringMayGoOverLinesAndTheyAreCounted() {
        assertEquals(
                List.of("b from f line 3"),
                parse("option a \"x\ny\";\nsend b 1;").suppressed());
    }

    @Test
    void aMissingFileIsAWarning() {
        DhclientConf conf = DhclientConf.read(directory.resolve("none").toString(), "eth0");
        assertEquals(List.of(directory.resolve("none") + " is not there, or not a file"), conf.warnings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative.conf", "", "/dev/zero", "/", "/a\u0000b", "/proc/self/mem"})
    void aFileThatIsNoneIsAWarning(String file) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertEquals(1, DhclientConf.read(file, "eth0").warnings().size()));
    }

    @Test
    void aFileOfTenMegabytesIsNotRead() throws Exception {
        Path file = Files.writeString(directory.resolve("big"), "reject 192.0.2.1;\n".repeat(600_000));
        DhclientConf conf = DhclientConf.read(file.toString(), "eth0");
        assertEquals(1, conf.warnings().size());
        assertEquals(List.of(), conf.rejected());
    }

    @Test
    void octetsThatAreNotUtf8AreRead() throws Exception {
        Path file = Files.write(
                directory.resolve("latin"),
                new byte[] {'#', (byte) 0xff, '\n', 't', 'i', 'm', 'e', 'o', 'u', 't', ' ', '7', ';'});
        assertEquals(
                OptionalLong.of(7), DhclientConf.read(file.toString(), "eth0").timeoutSeconds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "\"",
                "\\\"\n",
                "\"\\",
                "interface \"eth0\" {",
                "if {",
                "send ",
                "a",
                ";",
                ",",
                "#",
                "\u0000",
                "reject 1.2.3.4,",
                "timeout ",
                "\n",
                "send \"x",
                "if { send a; "
            })
    void aMegabyteOfAnythingIsReadQuicklyAndWithFewWords(String piece) {
        String text = piece.repeat(DhclientConf.LARGEST / piece.length());
        DhclientConf conf = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> parse(text));
        assertTrue(conf.warnings().size() <= 25, () -> conf.warnings().size() + " warnings");
        assertTrue(conf.suppressed().size() <= 100);
    }

    @Test
    void everyCutAndEveryChangedLetterOfNetworkManagersFileIsRead() throws Exception {
        String whole = Files.readString(GENERATED.resolve("dhclient-eth0-identity.conf"));
        Random random = new Random(7);
        for (int i = 0; i <= whole.length(); i++) {
            parse(whole.substring(0, i));
            char changed = "{}\";,#\\\n\u0000\ud800 x1".charAt(random.nextInt(13));
            parse(whole.substring(0, i) + changed + whole.substring(Math.min(i + 1, whole.length())));
        }
        assertEquals(2, parse(whole).rejected().size());
    }

    private static String adjusted(String text, String name, String given) {
        SortedMap<String, String> lease = new TreeMap<>();
        if (!given.equals("none")) {
            lease.put(name, given);
        }
        DhclientConf conf = parse(text);
        assertEquals(List.of(), conf.warnings());
        return conf.wishes().told(lease, Options.NONE).getOrDefault(name, "-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "supersede domain-name-servers 192.0.2.1, 192.0.2.2;|domain_name_servers|192.0.2.9|192.0.2.1 192.0.2.2",
                "prepend domain-name-servers 127.0.0.1;|domain_name_servers|192.0.2.9|127.0.0.1 192.0.2.9",
                "prepend domain-name-servers 127.0.0.1;|domain_name_servers|none|127.0.0.1",
                "append domain-name-servers 127.0.0.1;|domain_name_servers|192.0.2.9|192.0.2.9 127.0.0.1",
                "default domain-name-servers 127.0.0.1;|domain_name_servers|192.0.2.9|192.0.2.9",
                "default domain-name-servers 127.0.0.1;|domain_name_servers|none|127.0.0.1",
                "supersede domain-name \"\";|domain_name|a.example|-",
                "append domain-name \" b.example\";|domain_name|a.example|a.example b.example",
                "supersede domain-name \"a$(b)\";|domain_name|none|a\\$(b)",
                "SUPERSEDE Domain-Name = \"x\";|domain_name|none|x",
                "prepend domain-search \"a.example\", \"b.example.\";|domain_search|c.|a.example. b.example. c.",
                "prepend interface-mtu 1400;|interface_mtu|1500|1400",
                "append interface-mtu 1400;|interface_mtu|1500|1500",
                "supersede time-offset -3600;|time_offset|none|-3600",
                "supersede ip-forwarding on;|ip_forwarding|none|true",
                "supersede static-routes 192.0.2.9 192.0.2.1, 192.0.2.8 192.0.2.1;|static_routes|none|192.0.2.9 192.0.2.1 192.0.2.8 192.0.2.1",
                "supersede vendor-encapsulated-options 01:2:ff;|vendor_encapsulated_options|none|1:2:ff",
                "supersede unknown-240 \"x\\101\\x42\";|unknown_240|none|xAB",
                "option two code 240 = { ip-address, integer 8 }; supersede two 192.0.2.1 -2;|two|none|192.0.2.1 -2",
                "supersede domain-name \"a\"; interface \"eth0\" { append domain-name \"b\"; }|domain_name|none|ab",
                "interface \"eth0\" { append domain-name \"b\"; } supersede domain-name \"a\";|domain_name|none|ab",
                "interface \"eth1\" { append domain-name \"b\"; }|domain_name|a|a",
                "supersede dhcp6.name-servers ::1;|domain_name_servers|none|-"
            })
    void whatScriptsAreToldIsAdjusted(String text, String name, String given, String told) {
        assertEquals(told, adjusted(text, name, given));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "supersede dhcp-lease-time 60;|1 column 11: an option of the exchange itself is not changed",
                "supersede domain-name = concat(\"a\", \"b\");|1 column 25: an expression is not evaluated",
                "if exists routers { supersede domain-name \"a\"; }|1 column 21: \"supersede\" has no effect inside a condition",
                "on commit { execute(\"/bin/false\"); }|1 column 13: \"execute\" has no effect inside a condition",
                "execute(\"/bin/false\");|1 column 1: \"execute\" has no effect here",
                "pseudo \"a\" \"eth0\" { send host-name \"x\"; }|1 column 1: \"pseudo\" has no effect here",
                "lease { interface \"eth0\"; fixed-address 192.0.2.1; }|1 column 1: a lease that no server has given is not used",
                "supersede domain-name-servers ns.example;|1 column 31: expected an IPv4 address",
                "supersede interface-mtu 70000;|1 column 25: expected a number of 0 to 65535",
                "option ip-address code 240 = text;|1 column 8: expected a name of its own, of letters, digits, hyphens and underscores",
                "option routers code 240 = text;|1 column 8: expected a name of its own, of letters, digits, hyphens and underscores",
                "script \"x\";|1 column 8: expected an absolute path"
            })
    void whatIsNotDoneIsReported(String text, String warning) {
        DhclientConf conf = parse(text);
        assertEquals(1, conf.warnings().size(), () -> conf.warnings().toString());
        assertTrue(
                conf.warnings().get(0).startsWith("f line " + warning),
                () -> conf.warnings().toString());
        assertEquals(Adjustments.NONE, conf.wishes().adjustments());
        assertEquals(Optional.empty(), conf.script());
    }

    @Test
    void requestsAreReplacedLengthenedAndMergedWithTheBlock() {
        assertEquals(RequestList.NONE, parse("timeout 5;").wishes().requested());
        assertEquals(
                new RequestList(Optional.of(List.of(1, 3)), List.of(121)),
                parse("request host-name, routers; request subnet-mask, routers, dhcp6.fqdn; "
                                + "interface \"eth0\" { also request rfc3442-classless-static-routes; }")
                        .wishes()
                        .requested());
        assertEquals(
                new RequestList(Optional.of(List.of(6)), List.of()),
                parse("request routers; interface \"eth0\" { request domain-name-servers; }")
                        .wishes()
                        .requested());
        assertEquals(
                List.of(1, 6),
                parse("require subnet-mask; also require domain-name-servers;")
                        .wishes()
                        .required());
        assertEquals(
                17,
                generated("dhclient-eth0.conf")
                        .wishes()
                        .requested()
                        .beyond(List.of())
                        .size());
    }

    @Test
    void anAliasOfThisInterfaceBecomesVariables() {
        String block = "alias { interface \"%s\"; fixed-address 192.0.2.213; option subnet-mask 255.255.255.0; }";
        assertEquals(
                Map.of(
                        "ip_address", "192.0.2.213",
                        "subnet_mask", "255.255.255.0",
                        "network_number", "192.0.2.0",
                        "broadcast_address", "192.0.2.255"),
                parse(block.formatted("eth0")).wishes().alias());
        assertEquals(Map.of(), parse(block.formatted("eth1")).wishes().alias());
    }

    @Test
    void scriptAndRetryAreTaken() {
        DhclientConf conf = parse("script \"/a\"; retry 60; interface \"eth0\" { script \"/b\"; }");
        assertEquals(Optional.of("/b"), conf.script());
        assertEquals(OptionalLong.of(60), conf.wishes().retrySeconds());
    }

    @Test
    void includedFilesCountWhereTheyAreIncluded() throws Exception {
        Path inner = Files.writeString(directory.resolve("inner"), "timeout 7; bad;\n}\nretry 8;");
        DhclientConf conf = parse("interface \"eth0\" { include \"" + inner + "\"; } timeout 9;");
        assertEquals(OptionalLong.of(7), conf.timeoutSeconds());
        assertEquals(OptionalLong.of(8), conf.wishes().retrySeconds());
        assertEquals(2, conf.warnings().size());
        assertTrue(
                conf.warnings().get(0).startsWith(inner + " line 1 column 12: "),
                () -> conf.warnings().toString());
    }

    @Test
    void aFileThatIncludesItselfEnds() throws Exception {
        Path self = directory.resolve("self");
        Files.writeString(self, ("include \"" + self + "\";\n").repeat(3) + "timeout 7;");
        DhclientConf conf =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DhclientConf.read(self.toString(), "eth0"));
        assertEquals(OptionalLong.of(7), conf.timeoutSeconds());
        assertTrue(conf.warnings().size() <= 21, () -> conf.warnings().size() + " warnings");
    }

    @Test
    void whatCannotBeIncludedIsReported() {
        assertEquals(
                List.of("x is not read: expected an absolute path", "/nonexistent is not there, or not a file"),
                parse("include \"x\"; include \"/nonexistent\";").warnings());
    }
}
