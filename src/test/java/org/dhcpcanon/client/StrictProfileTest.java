package org.dhcpcanon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Message;
import org.dhcpcanon.packet.MessageType;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What `strict` puts on the wire, RFC 7844 §3. */
class StrictProfileTest {
    @Test
    void discoverHoldsTypeParametersAndClientIdentifierOnly() {
        Outgoing discover = Script.strict().start().expectSent(MessageType.DISCOVER);
        Message message = discover.message();
        assertEquals(List.of(53, 55, 61), sorted(message));
        assertEquals(0, message.flags());
        assertEquals(0, message.seconds());
        assertEquals(300, discover.minimumLength());
        assertEquals(new IpHeader(64, 0, true, 0), discover.header());
    }

    @Test
    void requestAddsTheOfferedAddressAndTheServer() {
        Script script = Script.strict().start().offer(60);
        assertEquals(
                List.of(50, 53, 54, 55, 61),
                sorted(script.expectSent(MessageType.REQUEST).message()));
    }

    @Test
    void theClientIdentifierIsTheLinkLayerAddressInUse() {
        Message message =
                Script.strict().start().expectSent(MessageType.DISCOVER).message();
        assertEquals(
                Octets.of(new byte[] {1, 2, 0, 0, 0, 0, 1}),
                message.options().find(Option.CLIENT_IDENTIFIER).orElseThrow());
    }

    @Test
    @Tag("long")
    void typeComesFirstAndEveryOtherOrderOccursEquallyOften() {
        Map<List<Integer>, Integer> orders = new HashMap<>();
        int rounds = 24_000;
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < rounds; i++) {
            Script script = Script.strict(random.nextLong()).start().offer(60);
            orders.merge(
                    script.expectSent(MessageType.REQUEST).message().options().codes(), 1, Integer::sum);
        }
        assertTrue(orders.keySet().stream().allMatch(order -> order.get(0) == 53));
        assertUniform(orders, 24, rounds);
    }

    @Test
    @Tag("long")
    void theTwelveAllowedParameterOrdersOccurEquallyOften() {
        Map<List<Integer>, Integer> orders = new HashMap<>();
        SecureRandom random = new SecureRandom();
        int rounds = 12_000;
        for (int i = 0; i < rounds; i++) {
            orders.merge(Profiles.strict().drawnParameters(random::nextInt), 1, Integer::sum);
        }
        assertTrue(orders.keySet().stream().allMatch(order -> order.indexOf(121) < order.indexOf(3)));
        assertUniform(orders, 12, rounds);
    }

    /** RFC 3442: "MUST ... before"; without the option there is nothing to be before. */
    @Test
    void classlessRoutesAreAskedForBeforeOtherRoutes() {
        SplittableRandom random = new SplittableRandom(3442);
        Set<Integer> first = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            List<Integer> order = Profiles.strict().asking(List.of(33)).drawnParameters(random::nextInt);
            assertTrue(
                    order.indexOf(121) < order.indexOf(3) && order.indexOf(121) < order.indexOf(33), order::toString);
            first.add(Profiles.strict()
                    .without(Option.CLASSLESS_STATIC_ROUTES)
                    .drawnParameters(random::nextInt)
                    .get(0));
        }
        assertEquals(Set.of(1, 3, 6), first);
    }

    @Test
    void theParameterOrderStaysForTheSession() {
        Script script = Script.bound(60);
        List<Integer> order = script.state().held().orElseThrow().requested();
        script.due();
        assertEquals(order, parameters(script.expectSent(MessageType.REQUEST).message()));
        script.nak();
        assertEquals(order, parameters(script.expectSent(MessageType.DISCOVER).message()));
    }

    @Test
    void moreCanBeAskedForButNothingTwice() {
        assertEquals(
                List.of(1, 3, 6, 121, 15, 26),
                Profiles.strict().asking(List.of(15, 6, 26, 15)).parameters());
    }

    private static List<Integer> sorted(Message message) {
        return message.options().codes().stream().sorted().toList();
    }

    private static List<Integer> parameters(Message message) {
        Octets list = message.options().find(Option.PARAMETER_REQUEST_LIST).orElseThrow();
        return IntStream.range(0, list.length()).mapToObj(list::u8At).toList();
    }

    /** Chi-square; the bound is passed by chance less than once in a million runs for up to 23 degrees of freedom. */
    private static void assertUniform(Map<List<Integer>, Integer> orders, int kinds, int rounds) {
        assertEquals(kinds, orders.size());
        double expected = (double) rounds / kinds;
        double chiSquare = orders.values().stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertTrue(chiSquare < 72, "chi-square " + chiSquare);
    }
}
