package org.dhcpcanon.requirements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dhcpcanon.audit.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of rows and tests tells the truth. */
class RequirementsTableTest {
    private static final Path TABLE = Path.of("test-fixtures/requirements.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:V4|R)-\\d\\d) \\|.*\\|(.*)\\|$");
    private static final Pattern TEST = Pattern.compile("`([\\w.]+#\\w+)`");
    private static final List<Class<?>> OURS =
            List.of(MessageRowsTest.class, IdentityRowsTest.class, BehaviourRowsTest.class, DrawnRowsTest.class);

    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        ROW.matcher(Files.readString(TABLE)).results().forEach(row -> {
            assertFalse(rows.containsKey(row.group(1)), row.group(1));
            rows.put(row.group(1), tests(row));
        });
        return rows;
    }

    private static List<String> tests(MatchResult row) {
        return TEST.matcher(row.group(2)).results().map(test -> test.group(1)).toList();
    }

    @Test
    void everyRowIsThereInOrderAndHasATest() throws IOException {
        List<String> expected = Stream.concat(
                        IntStream.rangeClosed(1, 29).mapToObj(n -> String.format(Locale.ROOT, "V4-%02d", n)),
                        IntStream.rangeClosed(1, 22).mapToObj(n -> String.format(Locale.ROOT, "R-%02d", n)))
                .toList();
        assertEquals(expected, List.copyOf(rows().keySet()));
        rows().forEach((row, tests) -> assertTrue(!tests.isEmpty(), row));
    }

    @Test
    void everyRuleOfTheAuditIsARow() throws IOException {
        Set<String> rows = rows().keySet();
        assertEquals(
                List.of(),
                Arrays.stream(Rule.values())
                        .map(rule -> rule.id().replaceAll("b$", ""))
                        .filter(id -> !rows.contains(id))
                        .toList());
    }

    @Test
    void everyTestThatIsNamedIsOne() throws IOException {
        Set<String> wrong = new TreeSet<>();
        rows().values().stream()
                .flatMap(List::stream)
                .filter(test -> !isTest(test))
                .forEach(wrong::add);
        assertEquals(Set.of(), wrong);
    }

    private static boolean isTest(String name) {
        String[] parts = name.split("#", -1);
        try {
            return methods(Class.forName("org.dhcpcanon." + parts[0]))
                    .anyMatch(method -> method.getName().equals(parts[1]));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method ->
                        method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class));
    }

    /** A check of a row says so in its name, and stands in that row. */
    @Test
    void everyCheckOfARowIsNamed() throws IOException {
        Set<String> missing = new TreeSet<>();
        Map<String, List<String>> rows = rows();
        for (Class<?> type : OURS) {
            methods(type).map(Method::getName).forEach(name -> {
                String row = name.replaceFirst("^(v4|r)_(\\d\\d)_.*", "$1-$2").toUpperCase(Locale.ROOT);
                String test = "requirements." + type.getSimpleName() + "#" + name;
                if (!rows.getOrDefault(row, List.of()).contains(test)) {
                    missing.add(row + " " + test);
                }
            });
        }
        assertEquals(Set.of(), missing);
    }
}
