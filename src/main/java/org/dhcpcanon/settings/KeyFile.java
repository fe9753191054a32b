package org.dhcpcanon.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of sections and keys: {@code [section]}, {@code key = value}, and comments that begin with {@code #} or {@code ;}.
 *
 * @param sections in their order; a name may come again, which makes another section
 */
record KeyFile(String name, List<Section> sections) {
    private static final int LONGEST_LINE = 1000;

    /** A value and where it stands. */
    record Entry(String file, int line, String key, String value) {
        MistakeException expected(String what) {
            return new MistakeException(file, line, key + ": expected " + what + ", found \"" + shown(value) + "\"");
        }
    }

    /** The keys below one heading. */
    record Section(String file, int line, String name, List<Entry> entries) {
        /** The value of a key; a key that comes twice is refused when the file is read. */
        Optional<Entry> find(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        MistakeException mistake(String words) {
            return new MistakeException(file, line, words);
        }
    }

    KeyFile {
        sections = List.copyOf(sections);
    }

    static KeyFile parse(String name, String text) throws MistakeException {
        List<Section> sections = new ArrayList<>();
        int number = 0;
        for (String whole : text.lines().toList()) {
            number++;
            String line = whole.strip();
            if (line.length() > LONGEST_LINE) {
                throw new MistakeException(name, number, "expected at most " + LONGEST_LINE + " characters");
            }
            if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
                add(sections, name, number, line);
            }
        }
        return new KeyFile(name, sections);
    }

    private static void add(List<Section> sections, String name, int number, String line) throws MistakeException {
        if (line.startsWith("[") && line.endsWith("]")) {
            String title = line.substring(1, line.length() - 1).strip();
            sections.add(new Section(name, number, title, new ArrayList<>()));
            return;
        }
        int equals = line.indexOf('=');
        if (equals <= 0 || sections.isEmpty()) {
            String wanted = sections.isEmpty() ? "\"[section]\"" : "\"key = value\" or \"[section]\"";
            throw new MistakeException(name, number, "expected " + wanted + ", found \"" + shown(line) + "\"");
        }
        Section section = sections.get(sections.size() - 1);
        Entry entry = new Entry(
                name,
                number,
                line.substring(0, equals).strip(),
                line.substring(equals + 1).strip());
        if (section.find(entry.key()).isPresent()) {
            throw new MistakeException(name, number, "\"" + shown(entry.key()) + "\" stands here for the second time");
        }
        section.entries().add(entry);
    }

    /** Short, and without what a terminal would obey. */
    private static String shown(String text) {
        String start = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return start.replaceAll("[^ -~]", "?");
    }
}
