package org.dhcpcanon.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"00:00:00:00:00:01", "fe:dc:ba:98:76:54", "ff:ff:ff:ff:ff:ff"})
    void whatIsWrittenIsReadAgain(String text) {
        assertEquals(text, MacAddress.parse(text).orElseThrow().toString());
        assertEquals(MacAddress.parse(text), MacAddress.parse(text.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00:00:00:00:00",
                "00:00:00:00:00:01:02",
                "0:0:0:0:0:1",
                "00-00-00-00-00-01",
                "0g:00:00:00:00:01"
            })
    void whatIsNoAddressIsNone(String text) {
        assertEquals(Optional.empty(), MacAddress.parse(text));
    }

    /** The second-lowest bit of the first octet, and no other. */
    @Test
    void whoChoseTheAddressIsInTheFirstOctet() {
        assertTrue(new MacAddress(0x0200_0000_0000L).isLocallyAdministered());
        assertTrue(MacAddress.BROADCAST.isLocallyAdministered());
        assertFalse(new MacAddress(0xfdff_ffff_ffffL).isLocallyAdministered());
    }
}
