package org.dhcpcanon.client;

import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Option;

/**
 * What a client looks like on the wire, as data.
 *
 * @param name for people
 * @param parameters the options to ask for (55); their order is drawn anew for every session
 * @param minimumLength payloads are padded with zeros to this many octets
 * @param header of the IPv4 packets
 * @param backoff for DISCOVER and REQUEST
 * @param requestTries how often one offer is requested before the search starts again
 */
public record Profile(
        String name, List<Integer> parameters, int minimumLength, IpHeader header, Backoff backoff, int requestTries) {
    /**
     * RFC 7844 §3, with the SHOULDs taken as MUSTs: nothing optional but 55 and 61. Padded to 300 octets, the BOOTP size,
     * because some relays drop less (RFC 1542 §2.1) and most clients do it. TTL 64, TOS 0, DF and no ID are what a Linux
     * kernel would send. RFC 2131 §3.1 (5) suggests to request an offer four times in a minute; we start anew after half of
     * that, as people wait for their connection.
     */
    public static final Profile STRICT = new Profile(
            "strict",
            List.of(
                    Option.SUBNET_MASK.code(),
                    Option.ROUTERS.code(),
                    Option.DOMAIN_NAME_SERVERS.code(),
                    Option.CLASSLESS_STATIC_ROUTES.code()),
            300,
            new IpHeader(64, 0, true, 0),
            Backoff.RFC_2131,
            3);

    public Profile {
        parameters = List.copyOf(parameters);
    }

    /** The same, asking for more options: every one makes the crowd smaller that looks like this. */
    public Profile asking(List<Integer> more) {
        List<Integer> all = new ArrayList<>(parameters);
        more.stream().filter(code -> !all.contains(code)).forEach(all::add);
        return new Profile(name, all, minimumLength, header, backoff, requestTries);
    }

    /**
     * The parameter request list in a random order, uniform over all in which 121 stands before 3 and 33, as RFC 3442 wants
     * ("MUST ... before").
     */
    public List<Integer> shuffledParameters(Entropy entropy) {
        List<Integer> order = Shuffle.of(parameters, entropy);
        while (!isAllowed(order)) {
            order = Shuffle.of(parameters, entropy);
        }
        return order;
    }

    private static boolean isAllowed(List<Integer> order) {
        int classless = order.indexOf(Option.CLASSLESS_STATIC_ROUTES.code());
        return isBefore(classless, order.indexOf(Option.ROUTERS.code()))
                && isBefore(classless, order.indexOf(Option.STATIC_ROUTES.code()));
    }

    private static boolean isBefore(int classless, int other) {
        return classless < 0 || other < 0 || classless < other;
    }
}
