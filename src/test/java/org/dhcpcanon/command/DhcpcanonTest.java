package org.dhcpcanon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dhcpcanon.audit.Captures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DhcpcanonTest {
    @TempDir
    Path directory;

    private record Ended(int status, String out, String err) {}

    private static Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Dhcpcanon.commandLine(java.util.Map.of(), arguments);
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ended(command.execute(arguments), out.toString(), err.toString());
    }

    private String file(String name, byte[] bytes) throws Exception {
        return Files.write(directory.resolve(name), bytes).toString();
    }

    @Test
    void aFineClientIsZeroAndABrokenOneIsOne() throws Exception {
        Ended fine = run("packets", file("fine", Captures.fine()));
        assertEquals(0, fine.status(), fine.err());
        assertTrue(fine.out().contains("no MUST is broken"), fine.out());
        Ended broken = run("packets", file("broken", Captures.broken()));
        assertEquals(1, broken.status());
        assertTrue(broken.out().contains("  V4-17  fail     MUST       61 is 01"), broken.out());
        assertTrue(broken.out().contains("DISCOVER has the hardware address without its type as 61"), broken.out());
        assertEquals("", fine.err() + broken.err());
    }

    @Test
    void wrongArgumentsAreTwoAndSayWhatIsRight() {
        String[][] wrong = {
            {},
            {"packets"},
            {"pakets"},
            {"packets", "--color=blue", "x"},
            {"packets", "--seconds=1", "x.pcap"},
            {"packets", "--write=y", "-"},
            {"packets", "--seconds=0", "x"},
            {"packets", "x", "y"}
        };
        for (String[] arguments : wrong) {
            Ended ended = run(arguments);
            assertEquals(2, ended.status(), Arrays.toString(arguments));
            assertEquals("", ended.out());
            String[] lines = ended.err().split("\n", -1);
            assertTrue(lines[0].startsWith("dhcpcanon: "), ended.err());
            assertTrue(lines[1].startsWith("Usage: dhcpcanon"), ended.err());
        }
    }

    @Test
    void filesThatCannotBeReadAreTwoAndNamed() throws Exception {
        String missing = directory.resolve("missing").toString();
        assertEquals(new Ended(2, "", "dhcpcanon: " + missing + ": there is no such file\n"), run("packets", missing));
        String text = file("text", new byte[50]);
        Ended ended = run("packets", text);
        assertEquals(2, ended.status());
        assertTrue(ended.err().startsWith("dhcpcanon: " + text + ": no capture file"), ended.err());
        assertEquals(2, run("packets", directory.toString()).status());
    }

    @Test
    void aFileWithoutDhcpIsTwoInBothForms() throws Exception {
        String empty = file("empty", Arrays.copyOf(Captures.fine(), 24));
        Ended ended = run("packets", empty);
        assertEquals(new Ended(2, "", "dhcpcanon: no DHCP client sends anything in " + empty + "\n"), ended);
        Ended json = run("packets", "--json", empty);
        assertEquals(2, json.status());
        assertTrue(json.out().contains("\"clients\":[]"), json.out());
    }

    @Test
    void aCutFileIsJudgedAsFarAsItGoes() throws Exception {
        byte[] whole = Captures.fine();
        Ended ended = run("packets", file("cut", Arrays.copyOf(whole, whole.length - 3)));
        assertEquals(0, ended.status());
        assertTrue(ended.err().contains("cut off at offset "), ended.err());
        assertTrue(ended.out().contains("3 messages, 1 sessions"), ended.out());
    }

    @Test
    void colourIsOnlyWhereItIsWanted() throws Exception {
        String fine = file("fine", Captures.fine());
        assertFalse(run("packets", fine).out().contains("\033"));
        assertFalse(run("packets", "--color=never", fine).out().contains("\033"));
        assertTrue(run("packets", "--color=always", fine).out().contains("\033[32m"));
    }

    @Test
    void helpAndVersionAreShown() {
        Ended help = run("packets", "--help");
        assertEquals(0, help.status());
        assertTrue(help.out().contains("Usage: dhcpcanon packets") && help.out().contains("--json"), help.out());
        assertEquals(new Ended(0, "dhcpcanon unknown\n", ""), run("--version"));
    }

    @Test
    void theJsonIsTheOneThatIsDocumented() throws Exception {
        String path = file("broken", Captures.broken());
        Path golden = Path.of("test-fixtures/audit/broken.json");
        String json = run("packets", "--json", path).out().replace(path, "FILE");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, json);
        }
        assertEquals(Files.readString(golden), json);
    }

    @Test
    void anythingBecomesAStringOfJson() {
        String text = "a\"b\\c\n\u001b\u00e9\ud800" + Character.toString(0x1f600) + "/";
        assertEquals("\"a\\\"b\\\\c\\u000a\\u001b\\u00e9\\ud800\\ud83d\\ude00/\"", Json.string(text));
        assertEquals("{\"a\":1,\"b\":[true,\"\"]}", Json.object("a", "1", "b", "[true,\"\"]"));
    }
}
