package org.dhcpcanon.linux;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;

/** Joins pieces of a stream into lines. What comes after the last newline is no line until another newline comes. */
final class LineReader {
    /** Longer lines are cut. */
    static final int LONGEST = 4096;

    private byte[] line = new byte[64];
    private int length;

    /**
     * Takes a piece of any length.
     *
     * @param onLine gets each line that is complete now; says whether to go on: if not, the rest of the piece is dropped
     */
    void accept(byte[] piece, Predicate<String> onLine) {
        int start = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                append(piece, start, i);
                start = i + 1;
                if (!onLine.test(take())) {
                    return;
                }
            }
        }
        append(piece, start, piece.length);
    }

    private void append(byte[] piece, int from, int to) {
        int taken = Math.min(to - from, LONGEST - length);
        if (length + taken > line.length) {
            line = Arrays.copyOf(line, Math.min(LONGEST, 2 * (length + taken)));
        }
        System.arraycopy(piece, from, line, length, taken);
        length += taken;
    }

    private String take() {
        ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
        int taken = length;
        length = 0;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(line, 0, taken, StandardCharsets.ISO_8859_1);
        }
    }
}
