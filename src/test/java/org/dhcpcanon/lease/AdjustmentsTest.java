package org.dhcpcanon.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.dhcpcanon.lease.Adjustment.Joint;
import org.dhcpcanon.lease.Adjustment.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdjustmentsTest {
    private static Adjustments mask(String mask) {
        return new Adjustments(List.of(new Adjustment(Kind.SUPERSEDE, "subnet_mask", mask, Joint.FIRST)));
    }

    @ParameterizedTest
    @CsvSource({
        "DEFAULT, LIST, b, a",
        "SUPERSEDE, LIST, b, b",
        "PREPEND, LIST, b, b a",
        "APPEND, LIST, b, a b",
        "PREPEND, TEXT, b, ba",
        "APPEND, TEXT, b, ab",
        "PREPEND, FIRST, b, b",
        "APPEND, FIRST, b, a"
    })
    void oneIsAppliedToWhatTheServerGave(Kind kind, Joint joint, String value, String told) {
        Adjustments adjustments = new Adjustments(List.of(new Adjustment(kind, "x", value, joint)));
        assertEquals(Map.of("x", told, "y", "z"), adjustments.applied(Map.of("x", "a", "y", "z")));
        assertEquals(Map.of("x", value), adjustments.applied(Map.of()));
    }

    @Test
    void theyAreAppliedInTheirOrder() {
        Adjustment first = new Adjustment(Kind.SUPERSEDE, "x", "1", Joint.LIST);
        Adjustment second = new Adjustment(Kind.PREPEND, "x", "2", Joint.LIST);
        Map<String, String> given = Map.of("x", "0");
        assertEquals(Map.of("x", "2 1"), new Adjustments(List.of(first, second)).applied(given));
        assertEquals(Map.of("x", "1"), new Adjustments(List.of(second, first)).applied(given));
    }

    @Test
    void nothingInsteadOfAValueRemovesIt() {
        assertEquals(Map.of(), mask("").applied(Map.of("subnet_mask", "255.0.0.0")));
    }

    @Test
    void anotherMaskMakesAnotherNetwork() {
        Map<String, String> given = Map.of(
                "ip_address", "192.0.2.77",
                "subnet_mask", "255.255.255.0",
                "network_number", "192.0.2.0",
                "broadcast_address", "192.0.2.255");
        assertEquals(
                Map.of(
                        "ip_address", "192.0.2.77",
                        "subnet_mask", "255.255.255.192",
                        "network_number", "192.0.2.64",
                        "broadcast_address", "192.0.2.127"),
                mask("255.255.255.192").applied(given));
    }

    @Test
    void aBroadcastAddressThatWasGivenStays() {
        Map<String, String> given =
                Map.of("ip_address", "192.0.2.77", "subnet_mask", "255.255.255.0", "broadcast_address", "192.0.2.0");
        assertEquals("192.0.2.0", mask("255.255.255.192").applied(given).get("broadcast_address"));
    }
}
