package org.dhcpcanon.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the audit says of twelve clients, ours among them: the faults that are known of them are found, and the whole is compared with the
 * committed one, so that a change of a judgement is seen. To accept one: run with {@code -Dgolden.write=true} and read the difference.
 */
class PeerVerdictsTest {
    private static final Path CAPTURES = Path.of("test-fixtures/peers");
    private static final Path VERDICTS = CAPTURES.resolve("verdicts.txt");

    @Test
    void theVerdictsAreTheCommittedOnes() throws IOException {
        StringBuilder text = new StringBuilder(
                "# Rows that are not kept, or of which something is to be said; made by PeerVerdictsTest\n");
        for (String name : names()) {
            audit(name).forEach(line -> text.append(line).append('\n'));
        }
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(VERDICTS, text);
        }
        assertEquals(Files.readString(VERDICTS), text.toString());
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(CAPTURES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".pcap"))
                    .map(file -> file.substring(0, file.indexOf('.')))
                    .sorted()
                    .toList();
        }
    }

    /** A line for each client and row. */
    private static List<String> audit(String name) throws IOException {
        Path file = CAPTURES.resolve(name + ".pcap");
        Audit audit;
        try {
            audit = Audit.of(CaptureReader.read(name, Files.readAllBytes(file)).frames());
        } catch (BadCaptureException e) {
            throw new IOException(e);
        }
        assertEquals(List.of(), audit.malformed());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < audit.clients().size(); i++) {
            String client = name + " " + (i + 1) + " ";
            audit.clients().get(i).rows().forEach((rule, finding) -> {
                if (finding.verdict() == Verdict.FAIL || finding.verdict() == Verdict.NOTE) {
                    lines.add(client + line(rule, finding));
                }
            });
        }
        return lines;
    }

    /** The captures are committed, so that nothing in a reason depends on the run. */
    private static String line(Rule rule, Finding finding) {
        int packet = finding.shown().map(Frame::number).orElse(0);
        return rule.id() + " " + finding.verdict().text() + " (packet " + packet + ") " + finding.reason();
    }

    @ParameterizedTest(name = "{0}, {1}: {2} {3}")
    @CsvSource({
        "dhclient, the host name, V4-21 fail, 12",
        "dhclient, a DUID, V4-17 fail, DUID",
        "dhclient, after another MAC the old address in DISCOVER, V4-14 fail, has 50",
        "dhcpcd, a DUID, V4-17 fail, DUID",
        "dhcpcd, forcerenew nonce, R-18 fail, 145",
        "dhcpcd, rapid commit, R-21 fail, 80",
        "dhcpcd, 53 is not first, R-14 fail, begins with 50",
        "dhcpcd, under another MAC asks for the old address, V4-15 fail, remembered address",
        "dhcpcd, the same, V4-27 fail, names an address of another hardware address",
        "udhcpc, its name and version, V4-26 fail, 60",
        "networkd, a DUID, V4-17 fail, DUID",
        "networkd, the host name, V4-21 fail, 12",
        "networkd, RELEASE without server, V4-09 fail, lacks 54",
        "networkd-anonymize, RELEASE without server, V4-09 fail, lacks 54",
        "networkd-anonymize, RELEASE, R-09 note, when the client left",
        "networkd-anonymize, no padding, R-15 fail, octets",
        "networkd-anonymize, 121 after 3, R-13 fail, 121 after 3 or 33",
        "nm-internal, the host name, V4-21 fail, 12",
        "nm-internal, the old address under another MAC, V4-27 fail, names an address of another hardware address"
    })
    void aKnownFaultIsFound(String name, String what, String verdict, String reason) throws IOException {
        List<String> lines = audit(name);
        assertTrue(
                lines.stream().anyMatch(line -> line.contains(" " + verdict + " ") && line.contains(reason)),
                () -> what + " of " + name + " is not in " + lines);
    }

    @Test
    void strictHasNoFault() throws IOException {
        assertEquals(
                List.of(),
                audit("dhcpcanon-strict").stream()
                        .filter(line -> line.contains(" " + Verdict.FAIL.text() + " "))
                        .toList());
    }

    /** People read the table there. */
    @Test
    void theReadmeNamesTheRowsThatAreBroken() throws IOException {
        String readme = Files.readString(CAPTURES.resolve("README.md"));
        for (String name : names()) {
            String broken = audit(name).stream()
                    .filter(line -> line.contains(" " + Verdict.FAIL.text() + " "))
                    .map(line -> line.split(" ", -1)[2])
                    .distinct()
                    .sorted(Comparator.comparing((String row) -> row.startsWith("R"))
                            .thenComparing(row -> row))
                    .collect(Collectors.joining(", "));
            String row = "| `" + name + "` | " + (broken.isEmpty() ? "nothing" : broken) + " |";
            assertTrue(readme.contains(row), row);
        }
    }
}
