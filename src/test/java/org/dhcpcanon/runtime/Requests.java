package org.dhcpcanon.runtime;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dhcpcanon.client.RequestList;
import org.dhcpcanon.client.SendList;
import org.dhcpcanon.lease.Adjustments;
import org.dhcpcanon.lease.Definitions;

/** What a dhclient with a configuration asks for on eth0. */
public final class Requests {
    private Requests() {}

    /**
     * @param required codes of options without which an offer is of no use
     * @param suppressed what it asked to send besides
     */
    public static ClientRequest of(
            RequestList requested, SendList sends, List<Integer> required, List<String> suppressed) {
        Wishes wishes = new Wishes(
                OptionalLong.empty(),
                requested,
                sends,
                required,
                Adjustments.NONE,
                Definitions.NONE,
                false,
                Collections.emptySortedMap());
        return new ClientRequest(
                "eth0",
                1,
                "dhclient",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                wishes,
                suppressed,
                List.of());
    }
}
