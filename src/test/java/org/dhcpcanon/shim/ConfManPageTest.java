package org.dhcpcanon.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page says of each statement what becomes of it. */
class ConfManPageTest {
    /** The words in bold with which the entries of a section begin. */
    private static Set<String> words(String heading) throws Exception {
        String page = Files.readString(Path.of("src/main/man/dhcpcanon-dhclient.conf.5"))
                .replace("\\-", "-");
        int start = page.indexOf(".SH \"" + heading + "\"\n");
        int end = page.indexOf("\n.SH", start + 1);
        return Pattern.compile("\\n\\.T[PQ]\\n\\.(B[RI]?) (.*)")
                .matcher(page.substring(start, end))
                .results()
                .flatMap(entry -> bold(entry.group(1), entry.group(2)))
                .filter(word -> !word.startsWith("also "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The arguments of a macro that stand in bold: the first one, and every other of BR. */
    private static Stream<String> bold(String macro, String arguments) {
        List<String> all = Pattern.compile("\"[^\"]*\"|[^ \"]+")
                .matcher(arguments)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replace("\"", ""))
                .toList();
        return IntStream.range(0, all.size())
                .filter(i -> i == 0 || (macro.equals("BR") && i % 2 == 0))
                .mapToObj(all::get);
    }

    @Test
    void whatIsPassedOverIsInThePage() throws Exception {
        assertEquals(new TreeSet<>(DhclientConfReader.PASSED_OVER), words("STATEMENTS THAT ARE PASSED OVER"));
    }

    @Test
    void whatIsReportedIsInThePage() throws Exception {
        Set<String> all = new TreeSet<>(DhclientConfReader.WITHOUT_EFFECT);
        all.addAll(DhclientConfReader.CONDITIONAL);
        all.add("lease");
        assertEquals(all, words("STATEMENTS THAT HAVE NO EFFECT AND ARE REPORTED"));
    }

    @Test
    void whatIsObeyedIsKnownAndNothingElse() throws Exception {
        Set<String> obeyed = words("STATEMENTS THAT ARE OBEYED");
        assertEquals(
                Set.of(
                        "timeout",
                        "retry",
                        "reject",
                        "request",
                        "require",
                        "send",
                        "supersede",
                        "prepend",
                        "append",
                        "default",
                        "option",
                        "script",
                        "alias",
                        "db-time-format",
                        "include"),
                obeyed);
        for (String word : obeyed) {
            String warnings =
                    DhclientConf.parse("f", word + " =;", "eth0").warnings().toString();
            assertFalse(
                    warnings.isEmpty() || warnings.contains("a statement") || warnings.contains("effect"), warnings);
        }
    }
}
