package org.dhcpcanon.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of a script.
 *
 * @param process its own id
 * @param variables its whole environment
 */
record ScriptCall(long process, Map<String, String> variables) {
    private static final String BEGIN = "call ";

    /** What {@code test-fixtures/script/dump} noted, in order. */
    static List<ScriptCall> all(String log) {
        List<ScriptCall> calls = new ArrayList<>();
        for (String line : log.lines().toList()) {
            if (line.startsWith(BEGIN)) {
                calls.add(new ScriptCall(Long.parseLong(line.substring(BEGIN.length())), new TreeMap<>()));
            } else {
                int equals = line.indexOf('=');
                calls.get(calls.size() - 1).variables().put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return calls;
    }

    String reason() {
        return variables.getOrDefault("reason", "");
    }

    /** Without what no two runs have in common. */
    Map<String, String> comparable() {
        Map<String, String> all = new TreeMap<>(variables);
        all.replaceAll((name, value) -> switch (name) {
            case "pid" -> "PID";
            case "new_expiry", "old_expiry" -> "TIME";
            case "new_ip_address", "old_ip_address" -> "ADDRESS";
            default -> value;
        });
        return all;
    }
}
