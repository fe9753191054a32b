package org.dhcpcanon.shim;

/** Strings as dhclient writes and reads them. */
final class Escapes {
    private Escapes() {}

    /** Without backslashes: {@code \ooo} and {@code \xhh} are octets, {@code \t \r \n \b} what they are in C, others themselves. */
    static String resolved(String text) {
        StringBuilder result = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\' || at == text.length()) {
                result.append(c);
            } else {
                at = append(result, text, at);
            }
        }
        return result.toString();
    }

    /** What stands behind a backslash; gives where to go on. */
    private static int append(StringBuilder result, String text, int at) {
        char c = text.charAt(at);
        if (c >= '0' && c <= '3' && isNumber(text, at, 3, 8)) {
            result.append((char) Integer.parseInt(text.substring(at, at + 3), 8));
            return at + 3;
        }
        if (c == 'x' && isNumber(text, at + 1, 2, 16)) {
            result.append((char) Integer.parseInt(text.substring(at + 1, at + 3), 16));
            return at + 3;
        }
        int known = "trnb".indexOf(c);
        result.append(known < 0 ? c : "\t\r\n\b".charAt(known));
        return at + 1;
    }

    private static boolean isNumber(String text, int from, int length, int radix) {
        return from + length <= text.length()
                && text.substring(from, from + length).chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
    }
}
