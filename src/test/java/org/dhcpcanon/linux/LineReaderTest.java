package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
    private final LineReader reader = new LineReader();
    private final List<String> lines = new ArrayList<>();

    private void accept(String piece) {
        accept(piece, StandardCharsets.UTF_8);
    }

    private void accept(String piece, Charset charset) {
        reader.accept(piece.getBytes(charset), lines::add);
    }

    @Test
    void pieceOfSeveralLinesGivesEach() {
        accept("1 0\n2 1\n\n");
        assertEquals(List.of("1 0", "2 1", ""), lines);
    }

    @Test
    void piecesAreJoinedUntilTheNewline() {
        accept("1");
        accept("2 ");
        assertEquals(List.of(), lines);
        accept("7\n3");
        assertEquals(List.of("12 7"), lines);
    }

    @Test
    void everySplitOfATextGivesTheSameLines() {
        String text = "exit 0\nmessage gr\u00fc\u00dfe\nrun 1\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            lines.clear();
            reader.accept(java.util.Arrays.copyOf(bytes, cut), lines::add);
            reader.accept(java.util.Arrays.copyOfRange(bytes, cut, bytes.length), lines::add);
            assertEquals(List.of("exit 0", "message gr\u00fc\u00dfe", "run 1"), lines);
        }
    }

    @Test
    void longLineIsCutAndTheNextIsWhole() {
        accept("a".repeat(3000));
        accept("b".repeat(3000));
        accept("c".repeat(3000) + "\nnext\n");
        assertEquals(List.of("a".repeat(3000) + "b".repeat(1096), "next"), lines);
    }

    @Test
    void longestLineIsNotCut() {
        accept("x".repeat(4096) + "\n");
        assertEquals(List.of("x".repeat(4096)), lines);
    }

    @Test
    void whatIsNotUtf8IsReadAsLatin() {
        accept("gr\u00fcn\n", StandardCharsets.ISO_8859_1);
        assertEquals(List.of("gr\u00fcn"), lines);
    }

    @Test
    void receiverCanStopInTheMiddleOfAPiece() {
        reader.accept("one\ntwo\n".getBytes(StandardCharsets.UTF_8), line -> {
            lines.add(line);
            return false;
        });
        assertEquals(List.of("one"), lines);
    }
}
