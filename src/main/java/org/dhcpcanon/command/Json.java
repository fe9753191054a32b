package org.dhcpcanon.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes JSON, RFC 8259. */
final class Json {
    private Json() {}

    /** @param namesAndValues in turn; a value is JSON already */
    static String object(String... namesAndValues) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.add(string(namesAndValues[i]) + ":" + namesAndValues[i + 1]);
        }
        return "{" + String.join(",", members) + "}";
    }

    static String array(Stream<String> values) {
        return values.collect(Collectors.joining(",", "[", "]"));
    }

    static String number(long value) {
        return String.valueOf(value);
    }

    static String bool(boolean value) {
        return String.valueOf(value);
    }

    /** All but printable ASCII is escaped, lone surrogates too, so that the encoding of the output does not matter. */
    static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                json.append('\\').append(letter);
            } else if (letter < ' ' || letter > '~') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
            } else {
                json.append(letter);
            }
        }
        return json.append('"').toString();
    }
}
