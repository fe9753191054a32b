package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4Test {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.9", "255.255.255.255", "10.100.19.90"})
    void whatIsWrittenIsReadAgain(String text) {
        assertEquals(text, Ipv4.parse(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.5",
                "1.2.3.4 ",
                "256.0.0.1",
                "1.2.3.256",
                "1.2.3.0001",
                "1.2.3.-1",
                "1.2.3.+1",
                "1.2.3.a",
                "1.2.3.:",
                "1.2.3./",
                "1.2.3.٣"
            })
    void whatIsNoDottedQuadIsNone(String text) {
        assertEquals(Optional.empty(), Ipv4.parse(text));
    }

    @Test
    void masksHaveLeadingOnes() {
        assertEquals("0.0.0.0", Ipv4.mask(0).toString());
        assertEquals("128.0.0.0", Ipv4.mask(1).toString());
        assertEquals("255.255.254.0", Ipv4.mask(23).toString());
        assertEquals("255.255.255.255", Ipv4.mask(32).toString());
        assertEquals("0.0.1.255", Ipv4.mask(23).inverted().toString());
    }

    /** RFC 1122 §3.2.1.3: the first and the last that a host can have, and their neighbours. */
    @Test
    void hostsHaveNeitherLoopbackNorMulticastAddresses() {
        for (int first : List.of(1, 126, 128, 223)) {
            assertTrue(Ipv4.of(first, 0, 0, 1).isHost(), "first octet " + first);
        }
        for (int first : List.of(0, 127, 224, 240, 255)) {
            assertFalse(Ipv4.of(first, 0, 0, 1).isHost(), "first octet " + first);
        }
    }

    @Test
    void theOrderIsThatOfTheOctets() {
        Ipv4 low = Ipv4.of(10, 0, 0, 1);
        Ipv4 high = Ipv4.of(192, 0, 2, 1);
        assertTrue(low.compareTo(high) < 0 && high.compareTo(low) > 0);
        assertEquals(0, low.compareTo(Ipv4.of(10, 0, 0, 1)));
    }
}
