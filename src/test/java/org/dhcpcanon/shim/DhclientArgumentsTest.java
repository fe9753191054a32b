package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dhcpcanon.runtime.AttachRefusedException;
import org.dhcpcanon.runtime.AttachRefusedException.Kind;
import org.dhcpcanon.shim.DhclientArguments.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhclientArgumentsTest {
    private static final String UUID = "11111111-2222-3333-4444-555555555555";
    private static final String NM = "-d -q -sf /usr/lib/NetworkManager/nm-dhcp-helper"
            + " -pf /run/NetworkManager/dhclient-eth0.pid -lf /var/lib/NetworkManager/dhclient-" + UUID + "-eth0.lease"
            + " -cf /var/lib/NetworkManager/dhclient-eth0.conf eth0";

    private static DhclientArguments parse(String line) throws AttachRefusedException {
        return parse(Program.DHCLIENT, Arrays.asList(line.split(" ", -1)));
    }

    private static DhclientArguments parse(Program program, List<String> arguments) throws AttachRefusedException {
        return DhclientArguments.parse(new ArgumentFile(program, arguments));
    }

    private static String refused(Kind kind, String line) {
        AttachRefusedException e = assertThrows(AttachRefusedException.class, () -> parse(line), line);
        assertEquals(kind, e.kind(), line);
        return String.valueOf(e.getMessage());
    }

    @Test
    void readsWhatNetworkManagerPasses() throws Exception {
        DhclientArguments read = parse(NM);
        assertEquals("eth0", read.interfaceName());
        assertEquals(Action.START, read.action());
        assertEquals(Optional.of("/usr/lib/NetworkManager/nm-dhcp-helper"), read.script());
        assertEquals(Optional.of("/var/lib/NetworkManager/dhclient-eth0.conf"), read.configuration());
        assertEquals(Optional.of(UUID), read.connection());
        assertEquals(List.of(), read.suppressed());
        assertEquals(List.of(), read.warnings());
    }

    @ParameterizedTest
    @CsvSource({
        "eth0, false, true",
        "-v eth0, true, true",
        "-v -q eth0, false, true",
        "-d eth0, true, false",
        "-d -q eth0, false, false",
        "-q -d eth0, true, false",
        "-d -1 -q eth0, false, true"
    })
    void knowsWhoWantsToSeeAndWhoWaits(String line, boolean verbose, boolean awaited) throws Exception {
        DhclientArguments read = parse(line);
        assertEquals(verbose, read.verbose());
        assertEquals(awaited, read.awaited());
    }

    @ParameterizedTest
    @CsvSource({
        "/x/dhclient-" + UUID + "-eth0.lease, " + UUID,
        "dhclient-" + UUID + "-eth0.lease, " + UUID,
        "/x/dhclient-" + UUID + "-eth1.lease,",
        "/x/dhclient-eth0.lease,",
        "/x/dhclient-1111111-2222-3333-4444-555555555555-eth0.lease,",
        "/var/lib/dhcp/dhclient.eth0.leases,"
    })
    void takesTheConnectionFromTheNameOfTheLeaseFile(String file, String uuid) throws Exception {
        assertEquals(Optional.ofNullable(uuid), parse("-lf " + file + " eth0").connection());
    }

    /** The command lines of other callers, as their sources build them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-4 -v -pf /run/dhclient.eth0.pid -lf /l -I -df /d eth0 -e IF_METRIC=1",
                "eth0 -4 -v -i -pf /run/dhclient.eth0.pid -lf /l -I -df /d",
                "-v -cf /var/lib/wicd/dhclient.conf eth0",
                "-pf /run/p -lf /l eth0 -nw",
                "-1 -v -lf /run/dhclient.lease -pf /run/dhclient.pid -sf /bin/true -cf /c eth0",
                "-4 --timeout 30 -q -1 -cf /etc/dhclient.conf -pf /tmp/p -lf /tmp/l eth0",
                "-1 -q -cf /c -lf /l -pf /run/p -H name eth0",
                "-q -F a.example -pf /run/p eth0",
                "-4 -d -v -cf /c -pf /p -lf /l eth0",
                "-w -B -C id -V vendor -R subnet-mask,routers --decline-wait-time 3 -s 192.0.2.1 -g 192.0.2.2 -p 68 eth0",
                "-D LL -timeout 5 --no-pid eth0"
            })
    void acceptsEveryCallersFlags(String line) throws Exception {
        assertEquals("eth0", parse(line).interfaceName());
    }

    @Test
    void givesTheSameInWhateverPlaceTheInterfaceIs() throws Exception {
        List<String> words = List.of("-d", "-sf", "/s", "-H", "me", "-e", "A=b");
        for (int place : new int[] {0, 1, 3, 5, 7}) {
            List<String> line = new ArrayList<>(words);
            line.add(place, "eth0");
            DhclientArguments read = parse(Program.DHCLIENT, line);
            assertEquals("eth0", read.interfaceName());
            assertEquals(Optional.of("/s"), read.script());
            assertEquals(Map.of("A", "b"), read.variables());
            assertEquals(List.of("host-name (12) from flag -H"), read.suppressed());
        }
    }

    @Test
    void reportsEveryFlagThatIdentifies() throws Exception {
        assertEquals(
                List.of(
                        "dhcp-client-identifier (61) from flag -i",
                        "dhcp-client-identifier (61) from flag -D",
                        "dhcp-client-identifier (61) from flag -C",
                        "host-name (12) from flag -H",
                        "fqdn.fqdn (81) from flag -F",
                        "vendor-class-identifier (60) from flag -V"),
                parse("-i -D LL -C secret -H secret -F secret -V secret eth0").suppressed());
    }

    @ParameterizedTest
    @CsvSource({"-r, RELEASE", "-x, STOP", "-r -x, STOP", "-x -r, RELEASE", "-d -q, START"})
    void theLastOfReleaseAndStopWins(String flags, Action action) throws Exception {
        assertEquals(action, parse(flags + " eth0").action());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-6", "-6 -N", "-S", "-P -P", "-T", "-6 -R", "--prefix-len-hint 60 -6", "-4o6 5"})
    void dhcpv6IsRefusedInWords(String flags) {
        assertEquals(
                "DHCPv6 is not available yet: the interface eth0 keeps its IPv4 client",
                refused(Kind.NOT_SUPPORTED, "-d " + flags + " eth0"));
    }

    @Test
    void anUnknownFlagIsNamedWithTheUsage() {
        String message = refused(Kind.BAD_ARGUMENTS, "-d -Z eth0");
        assertTrue(message.startsWith("unknown flag -Z; usage: dhclient "), message);
    }

    @Test
    void flagsAreNotBundled() {
        refused(Kind.BAD_ARGUMENTS, "-dq eth0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-sf", "-pf", "-lf", "-cf", "-e", "-H", "--timeout", "-p", "-df"})
    void aMissingValueIsNamed(String flag) {
        String message = refused(Kind.BAD_ARGUMENTS, "eth0 " + flag);
        assertTrue(message.startsWith("flag " + flag + " needs a value"), message);
    }

    @Test
    void anInterfaceMustBeNamed() {
        assertTrue(refused(Kind.BAD_ARGUMENTS, "-d -q").startsWith("no interface is named"));
    }

    @Test
    void severalInterfacesAreRefusedInWords() {
        String message = refused(Kind.NOT_SUPPORTED, "eth0 eth1");
        assertTrue(message.contains("eth0, eth1"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\tb", "sixteen-octets-x", "ü", "a:1", "a\nb", "a\u0000", "a\u007f"})
    void whatTheKernelWouldNotTakeIsNoInterface(String name) {
        refused(Kind.BAD_ARGUMENTS, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0", "fifteen-octets-", "wlp3s0.7", "a$(id)", "it's", "\"q\"", "*"})
    void whatTheKernelWouldTakeIsAnInterface(String name) throws Exception {
        assertEquals(name, parse(name).interfaceName());
    }

    @ParameterizedTest
    @CsvSource({"--timeout 30, 30", "-timeout 30, 30", "--timeout 2147483647, 2147483647"})
    void readsTheTimeout(String flags, long seconds) throws Exception {
        assertEquals(OptionalLong.of(seconds), parse(flags + " eth0").failAfterSeconds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "2147483648", "99999999999999999999"})
    void aTimeoutThatIsNoneIsAWarning(String value) throws Exception {
        DhclientArguments read = parse("--timeout " + value + " eth0");
        assertEquals(OptionalLong.empty(), read.failAfterSeconds());
        assertEquals(1, read.warnings().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"novalue", "1A=b", "A-B=c", "A=ü", "A=b\nc", "=x"})
    void aVariableThatAShellCouldMisreadIsAWarning(String variable) throws Exception {
        DhclientArguments read = parse(Program.DHCLIENT, List.of("-e", variable, "eth0"));
        assertEquals(Map.of(), read.variables());
        assertEquals(1, read.warnings().size());
    }

    @Test
    void speaksToTheUserOfDhcpcdInThatOnesWords() throws Exception {
        DhclientArguments read = parse(
                Program.DHCPCD,
                List.of(
                        "-H",
                        "me",
                        "-i",
                        "--user-class",
                        "us",
                        "--vendor-options",
                        "1,x",
                        "-C",
                        "id",
                        "-V",
                        "v",
                        "eth0"));
        assertEquals(
                List.of(
                        "host-name (12) from flag -h",
                        "dhcp-client-identifier (61) from flag -D",
                        "user-class (77) from flag -u",
                        "vendor-encapsulated-options (43) from flag -v",
                        "dhcp-client-identifier (61) from flag -I",
                        "vendor-class-identifier (60) from flag -i"),
                read.suppressed());
    }

    @Test
    void messagesHoldNoControlCharacters() {
        AttachRefusedException e = assertThrows(
                AttachRefusedException.class,
                () -> parse(Program.DHCLIENT, List.of("-\u001b[2J\n" + "x".repeat(9999))));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.chars().noneMatch(Character::isISOControl) && message.length() < 500, message);
    }
}
