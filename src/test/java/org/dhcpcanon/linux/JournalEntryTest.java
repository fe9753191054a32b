package org.dhcpcanon.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JournalEntryTest {
    private final JournalEntry entry = new JournalEntry();

    private String text() {
        return new String(entry.datagram(), StandardCharsets.UTF_8);
    }

    @Test
    void aFieldIsALine() {
        entry.put("MESSAGE", "eth0: selecting -> requesting");
        entry.put("PRIORITY", "6");
        assertEquals("MESSAGE=eth0: selecting -> requesting\nPRIORITY=6\n", text());
    }

    @Test
    void aValueMayHoldWhatLooksLikeAField() {
        entry.put("MESSAGE", "a=b = c");
        assertEquals("MESSAGE=a=b = c\n", text());
    }

    @Test
    void aLineBreakMakesTheValueOneOfAToldLength() {
        entry.put("MESSAGE", "a\nPRIORITY=0");
        assertEquals("MESSAGE\n\f\0\0\0\0\0\0\0a\nPRIORITY=0\n", text());
    }

    @Test
    void theLengthCountsOctetsLeastSignificantFirst() {
        entry.put("M", "ä\n" + "x".repeat(300));
        byte[] start = {'M', '\n', 0x2f, 1, 0, 0, 0, 0, 0, 0, (byte) 0xc3, (byte) 0xa4, '\n', 'x'};
        assertArrayEquals(start, java.util.Arrays.copyOf(entry.datagram(), start.length));
        assertEquals(2 + 8 + 303 + 1, entry.datagram().length);
    }

    @Test
    void anEmptyValueIsOne() {
        entry.put("MESSAGE", "");
        assertEquals("MESSAGE=\n", text());
    }
}
