package org.dhcpcanon.lab;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A captured packet as the independent decoder reads it.
 *
 * @param fields by the names of the decoder's columns, as text
 * @param options code to value in hexadecimal, in the order of the wire
 */
record Packet(Map<String, String> fields, Map<Integer, String> options) {
    /** Of the decoder's table, whose first line names the columns. */
    static List<Packet> table(String text) {
        List<String> lines = text.lines().toList();
        List<String> names = cells(lines.get(0));
        return lines.stream().skip(1).map(line -> of(names, cells(line))).toList();
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.split("\t", -1));
    }

    private static Packet of(List<String> names, List<String> cells) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            fields.put(names.get(i), cells.get(i));
        }
        return new Packet(fields, options(fields.getOrDefault("options", "")));
    }

    private static Map<Integer, String> options(String cell) {
        Map<Integer, String> options = new LinkedHashMap<>();
        for (String entry : cell.isEmpty() ? new String[0] : cell.split(" ", -1)) {
            int equals = entry.indexOf('=');
            options.put(Integer.valueOf(entry.substring(0, equals)), entry.substring(equals + 1));
        }
        return Collections.unmodifiableMap(options);
    }

    String field(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new AssertionError("the decoder has no column " + name);
        }
        return value;
    }

    /** DISCOVER, OFFER, ..., or ARP. */
    String kind() {
        return field("kind");
    }

    boolean is(String kind) {
        return kind().equals(kind);
    }

    /** Seconds since 1970. */
    double time() {
        return Double.parseDouble(field("time"));
    }

    boolean isUnicast() {
        return !field("mac_to").equals("ff:ff:ff:ff:ff:ff");
    }

    Set<Integer> codes() {
        return options.keySet();
    }

    String option(int code) {
        return options.getOrDefault(code, "");
    }
}
