package org.dhcpcanon.shim;

import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.tinylog.Logger;

/** The environment of a script as lines {@code NAME='VALUE'} that a shell reads back unchanged, whatever the values hold. */
final class ScriptEnvironment {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern VALUE = Pattern.compile("[ -~]*");

    private ScriptEnvironment() {}

    /** Leaves out, and logs, what a shell or a script could take for something else. */
    static String write(SortedMap<String, String> variables) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : variables.entrySet()) {
            if (isSafe(entry.getKey(), entry.getValue())) {
                append(text, entry.getKey(), entry.getValue());
            } else {
                Logger.warn("{} is not told to the script: it is not plain text", Shown.of(entry.getKey()));
            }
        }
        return text.toString();
    }

    private static boolean isSafe(String name, String value) {
        return NAME.matcher(name).matches() && VALUE.matcher(value).matches();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(name).append("='").append(value.replace("'", "'\\''")).append("'\n");
    }
}
