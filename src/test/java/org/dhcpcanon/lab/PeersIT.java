package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The captures of other clients are what those clients say, and say nothing about the machine that made them. */
@Execution(ExecutionMode.CONCURRENT)
class PeersIT {
    private static final Path CAPTURES = Path.of("test-fixtures/peers");
    private static final String LAB = "test-fixtures/lab";
    private static final Set<Integer> GIVEN_BY_THE_SERVER = Set.of(50, 54);
    private static final Set<String> OF_THE_SERVER = Set.of("OFFER", "ACK", "NAK", "ARP");

    @ParameterizedTest
    @ValueSource(strings = {"dhclient-nm", "nm-internal"})
    void aFreshCaptureSaysWhatTheKeptOneSays(String name) throws IOException {
        Path logs = Files.createDirectories(Path.of("target/lab-logs"));
        Path fresh = logs.resolve("peer-" + name + ".pcap").toAbsolutePath();

        Shell.run(List.of(LAB + "/peers", name, fresh.toString())).ok();

        assertEquals(facts(CAPTURES.resolve(name + ".pcap")), facts(fresh));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void aCaptureHasTwoSessionsWithMacAddressesThatNoOneAssigned(Path capture) {
        List<String> addresses =
                sent(capture).stream().map(p -> p.field("chaddr")).distinct().toList();

        assertEquals(2, addresses.size(), addresses.toString());
        addresses.forEach(mac -> assertEquals(2, Integer.parseInt(mac.substring(0, 2), 16) & 3, mac));
        assertTrue(sent(capture).stream().filter(p -> p.is("DISCOVER")).count() > 2, "repeats itself");
        assertTrue(sent(capture).stream().anyMatch(p -> !p.field("ciaddr").equals("0.0.0.0")), "renews");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void aCaptureHasNoIdentifierOfThisMachine(Path capture) throws IOException {
        byte[] octets = Files.readAllBytes(capture);
        String text = new String(octets, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        String hex = HexFormat.of().formatHex(octets);

        for (String identifier : hostsIdentifiers()) {
            assertFalse(text.contains(identifier) || hex.contains(identifier), identifier);
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void theOnlyNamesAreTheLabsAndThoseThatTheProfileWindowsDraws(Path capture) {
        String lab = HexFormat.of().formatHex("canary-host".getBytes(StandardCharsets.US_ASCII));
        Set<String> names = sent(capture).stream()
                .map(p -> p.option(12))
                .filter(name -> !name.isEmpty() && !name.equals(lab))
                .collect(Collectors.toSet());

        assertEquals(name(capture).equals("dhcpcanon-windows") ? 2 : 0, names.size(), names.toString());
    }

    @Test
    void everyClientOfTheListHasACaptureAndIsTold() throws IOException {
        String readme = Files.readString(CAPTURES.resolve("README.md"));
        List<String> names = Shell.run(List.of(LAB + "/peers", "--list"))
                .ok()
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .sorted()
                .toList();

        assertEquals(names, captures().map(PeersIT::name).sorted().toList());
        names.forEach(name -> assertTrue(readme.contains("`" + name + "`"), name));
    }

    static Stream<Path> captures() throws IOException {
        try (Stream<Path> files = Files.list(CAPTURES)) {
            return files.filter(file -> file.toString().endsWith(".pcap")).toList().stream();
        }
    }

    private static String name(Path capture) {
        return capture.getFileName().toString().replace(".pcap", "");
    }

    // The machine-id and the MAC addresses; the loopback interface has only zeros.
    private static List<String> hostsIdentifiers() {
        String list = "cat /etc/machine-id /sys/class/net/*/address | tr -d : | grep -v ^000000000000";
        return Shell.run(List.of("bash", "-c", list)).ok().lines().toList();
    }

    private static List<Packet> sent(Path capture) {
        String table =
                Shell.run(List.of(LAB + "/decode", "--tsv", capture.toString())).ok();
        return Packet.table(table).stream()
                .filter(p -> !OF_THE_SERVER.contains(p.kind()))
                .toList();
    }

    // How often a client repeats itself depends on when the server came.
    private static List<String> facts(Path capture) {
        List<String> facts = new ArrayList<>();
        for (Packet packet : sent(capture)) {
            String fact = fact(packet);
            if (facts.isEmpty() || !facts.get(facts.size() - 1).equals(fact)) {
                facts.add(fact);
            }
        }
        return facts;
    }

    private static String fact(Packet packet) {
        String header = Stream.of("tos", "ttl", "df", "flags", "length")
                .map(field -> field + " " + packet.field(field))
                .collect(Collectors.joining(" "));
        String mac = packet.field("chaddr").replace(":", "");
        String options =
                packet.options().entrySet().stream().map(PeersIT::option).collect(Collectors.joining(" "));
        String to = packet.isUnicast() ? "server" : "all";
        return packet.kind() + " to " + to + " " + header + " " + options.replace(mac, "MAC");
    }

    private static String option(Map.Entry<Integer, String> option) {
        return option.getKey() + "=" + (GIVEN_BY_THE_SERVER.contains(option.getKey()) ? "" : option.getValue());
    }
}
