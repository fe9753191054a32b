package org.dhcpcanon.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of {@code test-fixtures/script-environment.md}, and the rows of it that were needed. */
final class AllowedDifferences {
    private static final String NOTHING = "-";

    private final List<List<String>> rows;
    private final Set<List<String>> used = new LinkedHashSet<>();
    private final List<String> unlisted = new ArrayList<>();

    AllowedDifferences(Path file) throws IOException {
        rows = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(AllowedDifferences::cells)
                .toList();
    }

    // A bar inside a cell has a backslash, as Markdown wants it.
    private static List<String> cells(String line) {
        return Arrays.stream(line.split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("`", "").replace("\\|", "|"))
                .filter(cell -> !cell.isEmpty())
                .toList();
    }

    void compare(String call, Map<String, String> peer, Map<String, String> ours) {
        Set<String> names = new TreeSet<>(peer.keySet());
        names.addAll(ours.keySet());
        for (String name : names) {
            String theirs = peer.getOrDefault(name, NOTHING);
            String mine = ours.getOrDefault(name, NOTHING);
            if (!theirs.equals(mine) && !isListed(List.of(call, name, theirs, mine))) {
                unlisted.add("| `" + call + "` | `" + name + "` | `" + theirs + "` | `" + mine + "` |");
            }
        }
    }

    private boolean isListed(List<String> difference) {
        List<List<String>> found =
                rows.stream().filter(row -> isMatch(row, difference)).toList();
        used.addAll(found);
        return !found.isEmpty();
    }

    private static boolean isMatch(List<String> row, List<String> difference) {
        for (int i = 0; i < difference.size(); i++) {
            String pattern = Arrays.stream(row.get(i).split("\\*", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*"));
            if (!difference.get(i).matches(pattern)) {
                return false;
            }
        }
        return true;
    }

    /** Every difference has its row, and every row is a difference. */
    void check() {
        assertEquals("", String.join("\n", unlisted), "differences that are not in the table");
        assertEquals(rows, rows.stream().filter(used::contains).toList(), "rows that are no difference any more");
    }
}
