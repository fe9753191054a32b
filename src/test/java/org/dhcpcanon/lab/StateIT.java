package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a disk tells of a network that the machine was in: nothing, once it is left. */
@Execution(ExecutionMode.CONCURRENT)
class StateIT {
    private static final String CONNECTION = "11111111-2222-3333-4444-000000000000";
    private static final String MAC = "02:00:00:00:00:01";
    private static final String SERVER = "10.77.0.1";
    /**
     * Everything that has changed since the machine was made, but for what NetworkManager keeps itself, which is not ours to keep clean:
     * its state, its settings, its resolv.conf.
     */
    private static final String OURS = "find /run /var /etc -newer /lab/options"
            + " ! -path \"/*/NetworkManager/*\" ! -path /etc/resolv.conf ! -path \"/var/log/*\"";

    @Test
    void nothingIsLeftAfterDisconnectingNorAfterTheServiceHasDied() {
        try (Lab lab = Lab.up("--lease", "600")) {
            lab.connect().ok();
            assertKnown(lab);
            lab.disconnect();
            assertForgotten(lab);

            // A new service begins with what the last one left.
            long old = lab.service().pid();
            lab.kill(old);
            assertTrue(lab.service().answers());
            assertFalse(lab.service().pids().contains(old));
            assertForgotten(lab);

            lab.connect().ok();
            Map<String, byte[]> traces = traces(lab);
            lab.kill(lab.service().pid());
            Eventually.holds(
                    "bound again",
                    Duration.ofSeconds(15),
                    () -> lab.service().state("eth0").equals("bound"));
            assertKnown(lab);
            lab.disconnect();
            assertForgotten(lab, traces);
        }
    }

    /** Whatever of it stands in a file, the search sees it. */
    @Test
    void everyTraceWouldBeFound() {
        try (Lab lab = Lab.up()) {
            lab.connect().ok();
            Map<String, byte[]> traces = traces(lab);
            lab.disconnect();
            assertForgotten(lab, traces);
            traces.forEach((name, bytes) -> {
                lab.script("printf \"" + escaped(bytes) + "\" >/run/dhcpcanon.planted");
                assertTrue(found(lab, traces).containsKey(name), name);
            });
            lab.script("rm /run/dhcpcanon.planted; : >/var/lib/named-" + SERVER);
            assertTrue(found(lab, traces).containsKey("server in a name"));
        }
    }

    /** While it is connected, the lease is in our directory, so that another service could go on with it. */
    private static void assertKnown(Lab lab) {
        Map<String, String> found = found(lab, traces(lab));
        assertTrue(found.getOrDefault("address", "").contains("/run/dhcpcanon/"), found.toString());
        assertTrue(found.getOrDefault("server", "").contains("/run/dhcpcanon/"), found.toString());
    }

    private static void assertForgotten(Lab lab) {
        // The last lease's, whose address is the machine's for as long as the server likes.
        assertForgotten(lab, traces(SERVER, lastAddress(lab)));
    }

    private static void assertForgotten(Lab lab, Map<String, byte[]> traces) {
        Eventually.holds(
                "nothing is left",
                Duration.ofSeconds(2),
                () -> found(lab, traces).isEmpty());
        assertEquals(Map.of(), found(lab, traces));
    }

    private static String lastAddress(Lab lab) {
        List<Packet> granted = lab.packets("eth0", "ACK");
        return granted.get(granted.size() - 1).field("yiaddr");
    }

    private static Map<String, byte[]> traces(Lab lab) {
        return traces(SERVER, lastAddress(lab));
    }

    private static Map<String, byte[]> traces(String server, String address) {
        Map<String, byte[]> traces = new LinkedHashMap<>();
        addAddress(traces, "server", server);
        addAddress(traces, "address", address);
        byte[] mac = HexFormat.ofDelimiter(":").parseHex(MAC);
        traces.put("MAC", ascii(MAC));
        traces.put("MAC without colons", ascii(MAC.replace(":", "")));
        traces.put("MAC as octets", mac);
        traces.put("connection", ascii(CONNECTION));
        return traces;
    }

    private static void addAddress(Map<String, byte[]> traces, String name, String address) {
        byte[] octets = new byte[4];
        String[] parts = address.split("\\.", -1);
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        traces.put(name, ascii(address));
        traces.put(name + " in hexadecimal", ascii(HexFormat.of().formatHex(octets)));
        traces.put(name + " as octets", octets);
        traces.put(name + " as octets backwards", new byte[] {octets[3], octets[2], octets[1], octets[0]});
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The files that hold each trace, or have it in their name; only of those that were found. */
    private static Map<String, String> found(Lab lab, Map<String, byte[]> traces) {
        Map<String, String> files = files(lab);
        Map<String, String> found = new TreeMap<>();
        traces.forEach((name, bytes) -> {
            String trace = text(bytes);
            files.forEach((file, content) -> {
                if (content.contains(trace)) {
                    found.merge(name, file, (one, other) -> one + " " + other);
                }
                if (file.contains(trace)) {
                    found.put(name + " in a name", file);
                }
            });
        });
        return found;
    }

    /** What is in each file, an octet a letter; of a directory or a fifo nothing. */
    private static Map<String, String> files(Lab lab) {
        Map<String, String> files = new TreeMap<>();
        lab.script(OURS + " -print").lines().forEach(file -> files.put(file, ""));
        String dump = "for f; do echo \"$f\"; od -An -v -tx1 \"$f\" | tr -d \" \\n\"; echo; done";
        // A file that goes meanwhile is as good as gone before.
        List<String> lines = lab.script(OURS + " -type f -exec bash -c '" + dump + "' bash {} + 2>/dev/null || true")
                .lines()
                .toList();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            files.put(lines.get(i), text(HexFormat.of().parseHex(lines.get(i + 1))));
        }
        return files;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Each octet as printf writes it. */
    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte octet : bytes) {
            text.append(String.format("\\x%02x", octet));
        }
        return text.toString();
    }
}
