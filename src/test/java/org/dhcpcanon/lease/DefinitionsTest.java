package org.dhcpcanon.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.OptionShape;
import org.dhcpcanon.packet.OptionShape.Part;
import org.dhcpcanon.packet.Options;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
    private static final OptionShape PAIRS = new OptionShape(List.of(Part.ADDRESS, Part.S8), true);

    private static Map<String, String> applied(
            Map<String, String> variables, int code, String octets, OptionShape shape) {
        Definitions definitions = new Definitions(
                List.of(new Definition(code, "an_older_name", shape), new Definition(code, "my_option", shape)));
        return definitions.applied(variables, Options.of(Map.of(code, Octets.fromColonHex(octets))));
    }

    @Test
    void anUnknownOptionGetsItsNameAndItsShape() {
        assertEquals(
                Map.of("my_option", "192.0.2.1 -2", "requested_my_option", "1", "x", "y"),
                applied(
                        Map.of("unknown_240", "c0:0:2:1:fe", "requested_unknown_240", "1", "x", "y"),
                        240,
                        "c0:00:02:01:fe",
                        PAIRS));
    }

    @Test
    void aValueOfAnotherShapeIsLeftOut() {
        assertEquals(Map.of(), applied(Map.of("unknown_240", "c0:0"), 240, "c0:00", PAIRS));
    }

    /** What must not be passed on does not come back under another name. */
    @Test
    void whatIsNotThereStaysAway() {
        assertEquals(Map.of(), applied(Map.of(), 252, "41:42", new OptionShape(List.of(Part.TEXT), false)));
    }

    @Test
    void anOptionOfTheTableIsRenamed() {
        OptionShape octets = new OptionShape(List.of(Part.U8), true);
        assertEquals(
                Map.of("my_option", "0 192 0 2 1"),
                applied(Map.of("rfc3442_classless_static_routes", "0 192 0 2 1"), 121, "00:c0:00:02:01", octets));
    }

    @Test
    void everyPartHasAText() {
        assertEquals(
                Map.of("my_option", "1 2 3 -1 -1 -1 true ab"),
                applied(
                        Map.of("unknown_240", "?"),
                        240,
                        "01:00:02:00:00:00:03:ff:ff:ff:ff:ff:ff:ff:01:61:62",
                        new OptionShape(
                                List.of(Part.U8, Part.U16, Part.U32, Part.S8, Part.S16, Part.S32, Part.FLAG, Part.TEXT),
                                false)));
        assertEquals(
                Map.of("my_option", "ab. c."),
                applied(
                        Map.of("unknown_240", "?"),
                        240,
                        "02:61:62:00:01:63:00",
                        new OptionShape(List.of(Part.DOMAINS), false)));
        assertEquals(
                Map.of("my_option", "1:ff"),
                applied(Map.of("unknown_240", "?"), 240, "01:ff", new OptionShape(List.of(Part.BYTES), false)));
    }
}
