package org.dhcpcanon.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;

/**
 * What a client looks like on the wire, as data.
 *
 * @param name for people
 * @param forms the options of each message, in their order; 53 comes first, and those of the lease stand where the message needs them
 * @param shuffled whether the order of all options but 53 is drawn anew for each message (RFC 7844 §3.1)
 * @param parameters the options to ask for (55)
 * @param parametersShuffled whether their order is drawn anew for each session (RFC 7844 §3.6)
 * @param callerAsks whether whoever wants the lease decides what is asked for: who looks on can then tell callers apart
 * @param callerSends whether what whoever wants the lease wants to have sent is sent, which can say who it is
 * @param values of options that are the same for everybody with this profile, such as 57 and 60
 * @param hostName what 12 and 81 hold: a star is replaced by a random digit or capital letter, anew for each session
 */
public record Profile(
        String name,
        Map<Form, List<Integer>> forms,
        boolean shuffled,
        List<Integer> parameters,
        boolean parametersShuffled,
        boolean callerAsks,
        boolean callerSends,
        Map<Integer, Octets> values,
        Optional<String> hostName,
        Look look,
        Timing timing,
        Arp arp) {
    private static final int ETHERNET = 1;
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public Profile {
        Map<Form, List<Integer>> copy = new EnumMap<>(Form.class);
        forms.forEach((form, codes) -> copy.put(form, List.copyOf(codes)));
        forms = Collections.unmodifiableMap(copy);
        parameters = List.copyOf(parameters);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The options of a message, in the profile's order. */
    List<Integer> form(Form form) {
        return Objects.requireNonNull(forms.get(form), form.name());
    }

    /** The same, asking for more options: every one makes the crowd smaller that looks like this. */
    public Profile asking(List<Integer> more) {
        List<Integer> all = new ArrayList<>(parameters);
        more.stream().filter(code -> !all.contains(code)).forEach(all::add);
        return with(all, look);
    }

    /** The same, asking for what its caller wants, if it lets it. A list of nothing is none: 55 has at least one octet (RFC 2132 §9.8). */
    public Profile asking(RequestList wanted) {
        List<Integer> all = wanted.from(parameters);
        return callerAsks && !all.isEmpty() ? with(all, look) : this;
    }

    /** The same, saying what its caller wants to have said, if it lets it; behind what it says itself. */
    public Profile sending(SendList wanted) {
        if (!callerSends || wanted.values().isEmpty()) {
            return this;
        }
        Map<Form, List<Integer>> longer = new EnumMap<>(Form.class);
        forms.forEach((form, codes) -> longer.put(form, form.takesMore() ? with(codes, wanted) : codes));
        Map<Integer, Octets> said = new LinkedHashMap<>(values);
        said.putAll(wanted.values());
        return new Profile(
                name,
                longer,
                shuffled,
                parameters,
                parametersShuffled,
                callerAsks,
                callerSends,
                said,
                hostName,
                look,
                timing,
                arp);
    }

    private static List<Integer> with(List<Integer> codes, SendList wanted) {
        List<Integer> all = new ArrayList<>(codes);
        wanted.values().keySet().stream().filter(code -> !all.contains(code)).forEach(all::add);
        return all;
    }

    /** The same, not asking for one option. */
    public Profile without(Option option) {
        return with(parameters.stream().filter(code -> code != option.code()).toList(), look);
    }

    /** The same, asking for answers by broadcast: for networks where none comes otherwise. */
    public Profile broadcasting() {
        return with(parameters, look.broadcasting());
    }

    private Profile with(List<Integer> asked, Look shown) {
        return new Profile(
                name,
                forms,
                shuffled,
                asked,
                parametersShuffled,
                callerAsks,
                callerSends,
                values,
                hostName,
                shown,
                timing,
                arp);
    }

    /**
     * The parameter request list in a random order, uniform over all in which 121 stands before 3 and 33, as RFC 3442 wants
     * ("MUST ... before"); or in the profile's order, if that is how its crowd asks.
     */
    public List<Integer> drawnParameters(Entropy entropy) {
        if (!parametersShuffled) {
            return parameters;
        }
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

    /** What stays the same in all messages of a session, whichever of them hold it; drawn once. */
    Options standing(MacAddress hardware, Entropy entropy) {
        Map<Integer, Octets> standing = new LinkedHashMap<>(values);
        standing.putIfAbsent(Option.CLIENT_IDENTIFIER.code(), clientIdentifier(hardware));
        standing.put(Option.PARAMETER_REQUEST_LIST.code(), list(drawnParameters(entropy)));
        hostName.map(pattern -> drawn(pattern, entropy)).ifPresent(name -> {
            standing.putIfAbsent(Option.HOST_NAME.code(), name);
            // RFC 4702 §2.1: flags and both RCODEs zero, and the name in ASCII.
            standing.putIfAbsent(Option.FQDN.code(), Octets.of(new byte[3]).plus(name));
        });
        return Options.of(standing);
    }

    /** The link-layer address in use and nothing else (RFC 7844 §3.5, RFC 2132 §9.14). */
    private static Octets clientIdentifier(MacAddress hardware) {
        return Octets.u8(ETHERNET).plus(Octets.of(hardware.octets()));
    }

    private static Octets list(List<Integer> codes) {
        byte[] list = new byte[codes.size()];
        for (int i = 0; i < list.length; i++) {
            list[i] = codes.get(i).byteValue();
        }
        return Octets.of(list);
    }

    private static Octets drawn(String pattern, Entropy entropy) {
        byte[] name = new byte[pattern.length()];
        for (int i = 0; i < name.length; i++) {
            char letter = pattern.charAt(i);
            name[i] = (byte) (letter == '*' ? LETTERS.charAt(entropy.below(LETTERS.length())) : letter);
        }
        return Octets.of(name);
    }
}
