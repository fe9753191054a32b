package org.dhcpcanon.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassedOnTest {
    @Test
    void routersAndServersThatCannotBeHostsAreLeftOut() {
        Map<String, String> options = PassedOn.of(
                Map.of(
                        "routers", "0.0.0.0 127.0.0.1 192.0.2.1 224.0.0.1",
                        "domain_name_servers", "255.255.255.255 192.0.2.2 192.0.2.3",
                        "ntp_servers", "0.0.0.0"),
                RoutePolicy.ALL);
        assertEquals(Map.of("routers", "192.0.2.1", "domain_name_servers", "192.0.2.2 192.0.2.3"), options);
    }

    @Test
    void theAddressThatIsGivenIsNoRouterAndNoServer() {
        Map<String, String> options = PassedOn.of(
                Map.of(
                        "ip_address", "192.0.2.77",
                        "routers", "192.0.2.77",
                        "domain_name_servers", "192.0.2.77 192.0.2.2"),
                RoutePolicy.ALL);
        assertEquals(Map.of("ip_address", "192.0.2.77", "domain_name_servers", "192.0.2.2"), options);
    }

    private static Set<String> names(Map<String, String> options) {
        return PassedOn.of(options, RoutePolicy.ALL).keySet();
    }

    @Test
    void ordinaryOptionsKeepTheirValues() {
        Map<String, String> lease = Map.of(
                "ip_address",
                "192.0.2.5",
                "dhcp_lease_time",
                "3600",
                "routers",
                "192.0.2.1",
                "domain_name",
                "example.org");
        assertEquals(lease, PassedOn.of(lease, RoutePolicy.ALL));
    }

    @Test
    void aNetworkCannotNameUsOrSetOurProxy() {
        assertEquals(
                Set.of("ip_address"),
                names(Map.of("ip_address", "192.0.2.5", "host_name", "you", "wpad", "http://192.0.2.9/wpad.dat")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rfc3442_classless_static_routes", "ms_classless_static_routes", "classless_static_routes"})
    void classlessRoutesSupersedeRoutersAndStaticRoutes(String classless) {
        assertEquals(
                Set.of(classless),
                names(Map.of(classless, "0 192 0 2 1", "routers", "192.0.2.1", "static_routes", "10.0.0.0 192.0.2.1")));
    }

    @Test
    void withoutClasslessRoutesTheOthersStay() {
        Map<String, String> routes = Map.of("routers", "192.0.2.1", "static_routes", "10.0.0.0 192.0.2.1");
        assertEquals(routes, PassedOn.of(routes, RoutePolicy.ALL));
    }

    @ParameterizedTest
    @CsvSource({
        "575,false",
        "576,true",
        "1500,true",
        "9000,true",
        "65535,true",
        "65536,false",
        "0,false",
        "-1,false",
        "1e3,false",
        "99999999999999999999,false",
        "'',false",
        "' 1500',false",
        "٣٣٣٣,false"
    })
    void anMtuOutOfRangeIsLeftOutSinceItWouldCostTheWholeLease(String mtu, boolean kept) {
        assertEquals(kept ? Set.of("interface_mtu") : Set.of(), names(Map.of("interface_mtu", mtu)));
    }

    @Test
    void aSearchListWithABackslashIsLeftOut() {
        assertEquals(Set.of(), names(Map.of("domain_search", "a.example \\032b.example")));
        assertEquals(Set.of(), names(Map.of("domain_search", "\\032a.example")));
        assertEquals(Set.of("domain_search"), names(Map.of("domain_search", "a.example. b.example.")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000", "\u001b[31m", "é", "\u007f", "a\tb"})
    void aValueThatIsNotPrintableAsciiIsLeftOut(String value) {
        assertEquals(Set.of(), names(Map.of("domain_name", value)));
    }

    @Test
    void theWholeRangeOfNamesAndValuesIsPassedOn() {
        assertEquals(Map.of("az_09", " ~"), PassedOn.of(Map.of("az_09", " ~"), RoutePolicy.ALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "X", "a=b", "a-b", "$x", "ä"})
    void aNameThatIsNoVariableNameIsLeftOut(String name) {
        assertEquals(Set.of(), names(Map.of(name, "1")));
    }

    private static final Map<String, String> ROUTED = Map.of(
            "routers", "192.0.2.1",
            "static_routes", "10.0.0.1 192.0.2.9",
            "rfc3442_classless_static_routes", "8 10 192 0 2 9 0 192 0 2 8");

    @Test
    void ofTheRoutesOnlyTheDefaultOneIsPassedOnIfTheUserWantsIt() {
        assertEquals(Map.of("routers", "192.0.2.1"), PassedOn.of(ROUTED, RoutePolicy.DEFAULT_ONLY));
    }

    @Test
    void theDefaultRouterMayStandAmongTheClasslessRoutes() {
        for (String list : List.of("8 10 192 0 2 9 0 192 0 2 8", "0 192 0 2 8", "32 0 0 0 0 1 2 3 4 0 192 0 2 8")) {
            assertEquals(
                    Map.of("routers", "192.0.2.8"),
                    PassedOn.of(Map.of("rfc3442_classless_static_routes", list), RoutePolicy.DEFAULT_ONLY));
        }
    }

    @Test
    void withoutADefaultRouteThereIsNone() {
        for (String list : List.of("8 10 192 0 2 9", "0 192 0", "0 192 0 2", "", "8 0 0", "x")) {
            assertEquals(
                    Map.of(), PassedOn.of(Map.of("rfc3442_classless_static_routes", list), RoutePolicy.DEFAULT_ONLY));
        }
    }

    @Test
    void noRouteAtAllIsPassedOnIfTheUserWantsNone() {
        assertEquals(Map.of(), PassedOn.of(ROUTED, RoutePolicy.NONE));
    }
}
