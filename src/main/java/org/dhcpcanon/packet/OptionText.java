package org.dhcpcanon.packet;

/** What text a server's octets may become. Without regular expressions: they see whatever a stranger sends. */
final class OptionText {
    /** What dhclient puts a backslash before. */
    private static final String ESCAPED = "\"'$`\\|&";

    private static final String PATH_MARKS = "#%+-_:.,@~\\/[]= ";
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LABEL = 63;

    private OptionText() {}

    /** Octets that are not printable ASCII as a backslash and three octal digits; a trailing NUL is dropped. */
    static String escaped(Octets value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lengthWithoutNul(value); i++) {
            append(text, value.u8At(i));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int octet) {
        if (!isPrintable(octet)) {
            text.append('\\').append(octet >>> 6).append(octet >>> 3 & 7).append(octet & 7);
            return;
        }
        text.append(ESCAPED.indexOf(octet) >= 0 ? "\\" : "").append((char) octet);
    }

    /** Whether all octets are printable, but for a NUL at the end. */
    static boolean isText(Octets value) {
        for (int i = 0; i < lengthWithoutNul(value); i++) {
            if (!isPrintable(value.u8At(i))) {
                return false;
            }
        }
        return true;
    }

    /** Hexadecimal numbers without leading zeros, joined by colons. */
    static String hex(Octets value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            text.append(i == 0 ? "" : ":").append(Integer.toHexString(value.u8At(i)));
        }
        return text.toString();
    }

    private static int lengthWithoutNul(Octets value) {
        int length = value.length();
        return length > 0 && value.u8At(length - 1) == 0 ? length - 1 : length;
    }

    private static boolean isPrintable(int octet) {
        return octet >= ' ' && octet <= '~';
    }

    /** Labels of letters, digits, hyphens and underscores, joined by dots; one dot may end it (CVE-2011-0997). */
    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NAME) {
            return false;
        }
        int start = 0;
        while (start < text.length()) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            if (!isLabel(text, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean isLabel(String text, int start, int end) {
        if (end == start || end - start > LONGEST_LABEL) {
            return false;
        }
        for (int i = start; i < end; i++) {
            boolean inside = i > start && i < end - 1;
            if (!isLetterOrDigit(text.charAt(i)) && !(inside && isJoiner(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    /** The underscore is against RFC 1123 §2.1, but in use. */
    private static boolean isJoiner(char c) {
        return c == '-' || c == '_';
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Names of two labels or more, each with a dot at its end, joined by spaces. */
    static boolean isSearchList(String text) {
        int start = 0;
        while (start < text.length()) {
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space;
            String name = text.substring(start, end);
            if (!isName(name) || name.indexOf('.') == name.length() - 1) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** Looks at the octets, as an escape is made of marks that a path may have. */
    static boolean isPath(Octets value) {
        for (int i = 0; i < lengthWithoutNul(value); i++) {
            if (!isLetterOrDigit((char) value.u8At(i)) && PATH_MARKS.indexOf(value.u8At(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
