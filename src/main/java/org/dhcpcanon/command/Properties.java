package org.dhcpcanon.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties of an object by name. A service of another version may have others, so that any may be missing. */
record Properties(Map<String, Object> values) {
    static final Properties NONE = new Properties(Map.of());

    Properties {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @param answer a dictionary; whatever else it is counts as an empty one */
    Properties(Object answer) {
        this(dictionary(answer));
    }

    private static Map<String, Object> dictionary(Object answer) {
        Map<String, Object> dictionary = new LinkedHashMap<>();
        if (answer instanceof Map<?, ?> map) {
            map.forEach((name, value) -> dictionary.put(name.toString(), value));
        }
        return dictionary;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** A text as it is, maybe empty; empty if it is missing. */
    Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A list of texts; empty, too, if it is missing. */
    List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    Optional<Long> number(String name) {
        return values.get(name) instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    /** A dictionary in the dictionary; empty, too, if it is missing. */
    Properties inner(String name) {
        return new Properties(values.getOrDefault(name, Map.of()));
    }
}
