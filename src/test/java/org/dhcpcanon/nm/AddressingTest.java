package org.dhcpcanon.nm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.dhcpcanon.packet.Ipv4;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressingTest {
    private static Addressing of(String... pairs) {
        Map<String, String> options = new TreeMap<>(Map.of("ip_address", "10.77.0.9"));
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return Addressing.of(options).orElseThrow();
    }

    private static List<String> routes(Addressing addressing) {
        return addressing.routes().stream()
                .map(route -> route.destination() + " " + route.router())
                .toList();
    }

    @Test
    void anOrdinaryLease() {
        Addressing addressing = of(
                "subnet_mask", "255.255.254.0",
                "routers", "10.77.0.1 10.77.0.2",
                "domain_name_servers", "10.77.0.1 192.0.2.1",
                "domain_name", "example.org",
                "interface_mtu", "1400");
        assertEquals(23, addressing.prefixLength());
        assertEquals(Optional.of(Ipv4.of(10, 77, 0, 1)), addressing.gateway());
        assertEquals(List.of(Ipv4.of(10, 77, 0, 1), Ipv4.of(192, 0, 2, 1)), addressing.nameServers());
        assertEquals(List.of("example.org"), addressing.searches());
        assertEquals(OptionalInt.of(1400), addressing.mtu());
        assertEquals(List.of(), addressing.routes());
    }

    @Test
    void classlessRoutes() {
        Addressing addressing = of(
                "rfc3442_classless_static_routes",
                "0 10 77 0 1 8 10 10 77 0 2 24 192 0 2 0 0 0 0 32 198 51 100 7 10 77 0 3");
        assertEquals(Optional.of(Ipv4.of(10, 77, 0, 1)), addressing.gateway());
        assertEquals(
                List.of("10.0.0.0/8 10.77.0.2", "192.0.2.0/24 0.0.0.0", "198.51.100.7/32 10.77.0.3"),
                routes(addressing));
    }

    @ParameterizedTest
    @CsvSource({"0 10 77 0", "8 10 10 77", "33", "24 192 0", "255 1 2 3 4 5 6 7"})
    void aListThatEndsTooEarlyGivesWhatIsWhole(String rest) {
        Addressing addressing = of("rfc3442_classless_static_routes", "8 10 10 77 0 2 " + rest);
        assertEquals("10.0.0.0/8 10.77.0.2", routes(addressing).get(0));
        assertTrue(addressing.gateway().isEmpty());
    }

    @Test
    void classfulRoutes() {
        Addressing addressing =
                of("static_routes", "10.0.0.0 10.77.0.2 172.16.0.0 10.77.0.3 192.0.2.7 10.77.0.4 1.1.1.1");
        assertEquals(
                List.of("10.0.0.0/8 10.77.0.2", "172.16.0.0/16 10.77.0.3", "192.0.2.7/32 10.77.0.4"),
                routes(addressing));
    }

    @Test
    void withoutAMaskTheClassDecides() {
        assertEquals(8, of().prefixLength());
        assertEquals(
                24,
                Addressing.of(Map.of("ip_address", "192.0.2.1")).orElseThrow().prefixLength());
    }

    @Test
    void aRenewedLeaseOfTheSameIsEqual() {
        assertEquals(of("expiry", "1", "routers", "10.77.0.1"), of("expiry", "2", "routers", "10.77.0.1"));
    }

    @Test
    void withoutAddressThereIsNothing() {
        assertTrue(Addressing.of(Map.of("routers", "10.0.0.1")).isEmpty());
    }
}
