package org.dhcpcanon.shim;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Foreign text on its way into messages for people, and foreign bytes on their way to text. */
final class Shown {
    private static final int LONGEST = 120;

    private Shown() {}

    /** The text on one line, without control characters and not longer than a line of a log may be. */
    static String of(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return oneLine(cut);
    }

    /** The whole text without what would end the line or move a terminal's cursor. */
    static String oneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || !isCharacter(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Half a surrogate pair cannot be written as UTF-8, so D-Bus would not take it. */
    private static boolean isCharacter(int codePoint) {
        return codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE;
    }

    /** UTF-8, or if it is not that, ISO 8859-1, in which everything is something. */
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
