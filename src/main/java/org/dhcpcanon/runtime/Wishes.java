package org.dhcpcanon.runtime;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dhcpcanon.client.RequestList;
import org.dhcpcanon.client.SendList;
import org.dhcpcanon.lease.Adjustments;
import org.dhcpcanon.lease.Definitions;
import org.dhcpcanon.packet.Options;

/**
 * What a caller's configuration wants done beside getting a lease; a dhclient.conf is full of it.
 *
 * @param retrySeconds how long after FAIL it wants the search to begin again, 0..4294967295; see {@link
 *     org.dhcpcanon.client.Turn#retry}
 * @param requested what to ask for, if the profile lets its caller decide that
 * @param sends what to send, likewise
 * @param required codes of options without which an offer is of no use
 * @param adjustments of what scripts are told
 * @param definitions of options, for the names that scripts are told
 * @param epochDates whether a lease file has its times as seconds
 * @param alias the variables of a second address that the interface is to have, without the prefix {@code alias_}; empty for none
 */
public record Wishes(
        OptionalLong retrySeconds,
        RequestList requested,
        SendList sends,
        List<Integer> required,
        Adjustments adjustments,
        Definitions definitions,
        boolean epochDates,
        SortedMap<String, String> alias) {
    public static final Wishes NONE = new Wishes(
            OptionalLong.empty(),
            RequestList.NONE,
            SendList.NONE,
            List.of(),
            Adjustments.NONE,
            Definitions.NONE,
            false,
            Collections.emptySortedMap());

    public Wishes {
        required = List.copyOf(required);
        alias = Collections.unmodifiableSortedMap(new TreeMap<>(alias));
    }

    /**
     * A lease as its caller wants it told.
     *
     * @param passedOn what may be told of it, see {@link org.dhcpcanon.lease.PassedOn}
     * @param options of that lease
     */
    public SortedMap<String, String> told(SortedMap<String, String> passedOn, Options options) {
        return adjustments.applied(definitions.applied(passedOn, options));
    }
}
