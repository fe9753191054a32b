package org.dhcpcanon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.client.RequestList;
import org.dhcpcanon.client.SendList;
import org.dhcpcanon.lease.Adjustments;
import org.dhcpcanon.lease.Definitions;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.settings.Profiles;
import org.junit.jupiter.api.Test;

class ClientRequestTest {
    private static final SortedMap<String, String> NO_ALIAS = new TreeMap<>();

    private static ClientRequest request(OptionalLong retry, String script) {
        Wishes wishes = new Wishes(
                retry, RequestList.NONE, SendList.NONE, List.of(), Adjustments.NONE, Definitions.NONE, false, NO_ALIAS);
        return new ClientRequest(
                "eth0",
                7,
                "dhclient",
                Optional.empty(),
                Optional.of(script),
                List.of(),
                OptionalLong.of(60),
                wishes,
                List.of("a"),
                List.of("b"));
    }

    @Test
    void failureIsToldAgainAsDhclientDoesButNotToNetworkManager() {
        assertEquals(300_000_000_000L, request(OptionalLong.empty(), "/s").retry());
        assertEquals(5_000_000_000L, request(OptionalLong.of(5), "/s").retry());
        assertEquals(
                Long.MAX_VALUE, request(OptionalLong.of(5), "/x/nm-dhcp-helper").retry());
    }

    @Test
    void whatThePlainProfileSaysForItsCallerIsNotReported() {
        SendList sends = new SendList(Map.of(12, Octets.u8(65)), Set.of("name"), Map.of("class", "why"));
        ClientRequest request = Requests.of(RequestList.NONE, sends, List.of(), List.of("flag", "name", "class"));
        assertEquals(List.of("flag", "name", "class"), request.suppressed(Profiles.strict()));
        assertEquals(List.of("flag", "class: why"), request.suppressed(Profiles.byName("plain")));
    }

    @Test
    void nothingButTheNameOfTheInterfaceChangesWithIt() {
        ClientRequest request = request(OptionalLong.of(5), "/s");
        assertEquals("lan0", request.on("lan0").interfaceName());
        assertEquals(request, request.on("lan0").on("eth0"));
    }
}
