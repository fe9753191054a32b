package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.77/32",
        "192.0.2.77/32, 192.0.2.77/32",
        "192.0.2.77/24, 192.0.2.0/24",
        "192.0.2.77/9, 192.0.0.0/9",
        "255.0.2.77/0, 0.0.0.0/0"
    })
    void hostBitsDoNotCount(String text, String expected) {
        assertEquals(expected, Prefix.parse(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/8", "192.0.2.1/", "192.0.2.1/33", "192.0.2.1/008", "192.0.2.1/-1", "192.0.2/24"})
    void whatIsNoPrefixIsNone(String text) {
        assertEquals(Optional.empty(), Prefix.parse(text));
    }

    @Test
    void itContainsFromTheNetworkToTheBroadcastAddress() {
        Prefix prefix = Prefix.parse("192.0.2.128/25").orElseThrow();
        assertEquals("192.0.2.255", prefix.broadcast().toString());
        assertTrue(prefix.contains(prefix.network()) && prefix.contains(prefix.broadcast()));
        assertFalse(prefix.contains(Ipv4.of(192, 0, 2, 127)));
        assertFalse(prefix.contains(Ipv4.of(192, 0, 3, 0)));
    }

    @Test
    void aLengthThatIsNoneCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> new Prefix(Ipv4.ANY, -1));
        assertThrows(IllegalArgumentException.class, () -> new Prefix(Ipv4.ANY, 33));
    }
}
