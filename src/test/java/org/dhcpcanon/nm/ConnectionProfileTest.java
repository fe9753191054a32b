package org.dhcpcanon.nm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.dhcpcanon.dbus.Plain;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.runtime.ConnectionFacts;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;

class ConnectionProfileTest {
    private static final Addressing LEASE = Addressing.of(Map.of(
                    "ip_address", "10.77.0.9",
                    "subnet_mask", "255.255.255.0",
                    "rfc3442_classless_static_routes", "0 10 77 0 1 8 10 10 77 0 2",
                    "domain_name_servers", "10.77.0.1"))
            .orElseThrow();

    private static ConnectionProfile profile(Map<String, Variant<?>> ipv4) {
        Map<String, Map<String, Variant<?>>> settings = new HashMap<>();
        settings.put("connection", Map.of("id", new Variant<>("Home"), "uuid", new Variant<>("u-1")));
        settings.put("802-3-ethernet", Map.of("auto-negotiate", new Variant<>(true)));
        settings.put("ipv4", ipv4);
        return new ConnectionProfile(settings);
    }

    private static ConnectionProfile auto() {
        return profile(Map.of("method", new Variant<>("auto")));
    }

    private static Object value(ConnectionProfile profile, String key) {
        Variant<?> value =
                Objects.requireNonNull(profile.settings().get("ipv4")).get(key);
        return value == null ? "none" : Plain.of(value);
    }

    @Test
    void adoptedItHasNoIpv4AndNothingElseChanges() {
        ConnectionProfile adopted = auto().adopted();
        assertFalse(auto().isAdopted());
        assertTrue(adopted.isAdopted());
        assertFalse(adopted.isLeased());
        assertEquals("disabled", adopted.method());
        assertEquals(auto().settings().get("connection"), adopted.settings().get("connection"));
        assertEquals("auto", adopted.unadopted().method());
        assertFalse(adopted.unadopted().isMarked());
        assertFalse(adopted.unadopted().settings().containsKey("user"), "it had none before");
    }

    @Test
    void aMarkThatSomebodyHasSpoiledMakesNoOwnRoutes() {
        ConnectionProfile leased = auto().adopted().leasing(LEASE);
        Map<String, String> data = Map.of("org.dhcpcanon.method", "auto", "org.dhcpcanon.leased", "many");
        Map<String, Map<String, Variant<?>>> settings = new HashMap<>(leased.settings());
        settings.put("user", Map.of("data", new Variant<>(data, "a{ss}")));
        assertEquals(List.of(), new ConnectionProfile(settings).routes());
    }

    @Test
    void whatSomebodyHasChangedSinceIsLeftToThem() {
        ConnectionProfile adopted = auto().adopted();
        Map<String, Map<String, Variant<?>>> settings = new HashMap<>(adopted.settings());
        settings.put("ipv4", Map.of("method", new Variant<>("manual")));
        ConnectionProfile changed = new ConnectionProfile(settings);
        assertFalse(changed.isAdopted());
        assertEquals("manual", changed.unadopted().method());
    }

    @Test
    void namesOfItsOwnAreKeptAndComeFirst() {
        Map<String, Variant<?>> own =
                new HashMap<>(Ip4Settings.names(List.of(Ipv4.of(192, 0, 2, 53)), List.of("example.org")));
        own.put("method", new Variant<>("auto"));
        ConnectionProfile adopted = profile(own).adopted();
        assertEquals("none", value(adopted, "dns"));
        assertEquals(value(profile(own), "dns"), value(adopted.unadopted(), "dns"));
        assertEquals(List.of("example.org"), value(adopted.unadopted(), "dns-search"));

        Variant<?> both = Objects.requireNonNull(
                Ip4Settings.names(List.of(Ipv4.of(192, 0, 2, 53), Ipv4.of(10, 77, 0, 1)), List.of())
                        .get("dns"));
        assertEquals(Plain.of(both), value(adopted.leasing(LEASE), "dns"));
        own.put("ignore-auto-dns", new Variant<>(true));
        assertEquals(value(profile(own), "dns"), value(profile(own).adopted().leasing(LEASE), "dns"));
    }

    @Test
    void aLeaseIsInForceAndIsNotAgain() {
        ConnectionProfile leased = auto().adopted().leasing(LEASE);
        assertTrue(leased.isAdopted() && leased.isLeased());
        assertEquals("manual", leased.method());
        assertEquals("10.77.0.1", value(leased, "gateway"));
        assertEquals(0, value(leased, "dad-timeout"));
        assertTrue(value(leased, "route-data").toString().contains("next-hop=10.77.0.2"));
        ConnectionProfile after = leased.unleased();
        assertEquals("disabled", after.method());
        assertEquals("none", value(after, "address-data"));
        assertEquals("none", value(after, "gateway"));
        assertFalse(after.isLeased());
        assertTrue(after.isAdopted());
        assertEquals("auto", leased.unadopted().method());
    }

    @Test
    void routesOfItsOwnStay() {
        Map<String, Variant<?>> route = Map.of("dest", new Variant<>("198.51.100.0"), "prefix", Ip4Settings.number(24));
        ConnectionProfile own =
                profile(Map.of("method", new Variant<>("auto"), "route-data", Ip4Settings.entries(List.of(route))));
        ConnectionProfile leased = own.adopted().leasing(LEASE);
        assertEquals(2, ((List<?>) value(leased, "route-data")).size());
        assertEquals(value(own, "route-data"), value(leased.unleased(), "route-data"));
        // A second lease does not add to the first.
        assertEquals(2, ((List<?>) value(leased.leasing(LEASE), "route-data")).size());
    }

    @Test
    void whatItsUserDoesNotWantIsNotTaken() {
        ConnectionProfile picky = profile(Map.of(
                "method", new Variant<>("auto"),
                "never-default", new Variant<>(true),
                "ignore-auto-routes", new Variant<>(true)));
        ConnectionProfile leased = picky.adopted().leasing(LEASE);
        assertEquals("none", value(leased, "gateway"));
        assertEquals(List.of(), value(leased, "route-data"));
    }

    @Test
    void whatIdentifiesIsNamed() {
        ConnectionProfile naming =
                profile(Map.of("method", new Variant<>("auto"), "dhcp-hostname", new Variant<>("canary")));
        assertEquals(List.of("ipv4.dhcp-hostname of the connection"), naming.identifying());
        assertEquals(List.of(), auto().identifying());
    }

    @Test
    void whatAClientShouldKnow() {
        ConnectionFacts facts = profile(Map.of(
                        "dhcp-reject-servers", new Variant<>(List.of("192.0.2.1", "198.51.100.0/24", "nonsense"), "as"),
                        "dhcp-timeout", new Variant<>(90)))
                .facts();
        assertEquals("u-1", facts.uuid());
        assertEquals("[192.0.2.1/32, 198.51.100.0/24]", facts.rejected().toString());
        assertEquals(OptionalLong.of(91), facts.failAfterSeconds());
        assertEquals(OptionalLong.empty(), auto().facts().failAfterSeconds());
        ConnectionProfile patient = profile(Map.of("dhcp-timeout", new Variant<>(Integer.MAX_VALUE)));
        assertEquals(OptionalLong.empty(), patient.facts().failAfterSeconds());
    }
}
