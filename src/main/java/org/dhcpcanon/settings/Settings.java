package org.dhcpcanon.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhcpcanon.client.Policy;
import org.dhcpcanon.client.Profile;
import org.dhcpcanon.lease.RoutePolicy;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.runtime.ClientRequest;
import org.dhcpcanon.runtime.Wishes;

/**
 * {@code dhcpcanon.conf} with its drop-ins: what holds for all clients, and sections {@code [match ...]} for some. Of two sections that
 * match, the later one decides, key by key.
 */
public final class Settings {
    static final Set<String> KEYS =
            Set.of("profile", "request", "routes", "release", "broadcast", "acd", "reboot", "adopt-new");
    private static final Set<String> BY = Set.of("interface", "uuid", "id");
    /** A name may hold blanks, and then stands in quotation marks. */
    private static final Pattern MATCH = Pattern.compile(" +([a-z]+):(?:\"([^\"]+)\"|([^ \"]+))");

    private record Match(String key, String wanted) {
        boolean fits(ClientRequest request, Connections connections) {
            return switch (key) {
                case "interface" -> request.interfaceName().equals(wanted);
                case "id" ->
                    request.connection()
                            .flatMap(connections::idOf)
                            .filter(wanted::equals)
                            .isPresent();
                default -> request.connection().filter(wanted::equalsIgnoreCase).isPresent();
            };
        }
    }

    private record Rule(List<Match> matches, KeyFile.Section section) {
        boolean fits(ClientRequest request, Connections connections) {
            return matches.stream().allMatch(match -> match.fits(request, connections));
        }
    }

    /** Nothing written: everything as it comes. */
    public static final Settings NONE = new Settings(List.of(), Map.of(), List.of(), new Connections());

    private final List<Rule> rules;
    private final Map<String, Profile> own;
    private final List<String> warnings;
    private final Connections connections;

    private Settings(List<Rule> rules, Map<String, Profile> own, List<String> warnings, Connections connections) {
        this.connections = connections;
        this.rules = List.copyOf(rules);
        this.own = Map.copyOf(own);
        this.warnings = List.copyOf(warnings);
    }

    /** In place of settings that cannot be read; every client is told so. */
    public static Settings missing(String why) {
        return new Settings(List.of(), Map.of(), List.of("the settings are not used: " + why), new Connections());
    }

    /**
     * @param own the administrator's profiles, by name
     * @throws MistakeException for the first mistake, so that half of what was wanted is never in force
     */
    static Settings of(List<KeyFile> files, Map<String, Profile> own, Connections connections) throws MistakeException {
        List<Rule> rules = new ArrayList<>();
        for (KeyFile file : files) {
            for (KeyFile.Section section : file.sections()) {
                rules.add(new Rule(matches(section), section));
            }
        }
        Settings settings = new Settings(rules, own, List.of(), connections);
        for (Rule rule : rules) {
            settings.check(rule.section());
        }
        return settings;
    }

    private static List<Match> matches(KeyFile.Section section) throws MistakeException {
        List<Match> matches = new ArrayList<>();
        if (section.name().equals("defaults")) {
            return matches;
        }
        if (!section.name().startsWith("match ")) {
            throw section.mistake("expected [defaults] or [match interface:NAME uuid:UUID id:NAME]");
        }
        Matcher matcher = MATCH.matcher(section.name());
        int at = "match".length();
        while (at < section.name().length()) {
            if (!matcher.find(at) || matcher.start() != at || !BY.contains(matcher.group(1))) {
                throw section.mistake("expected interface:NAME, uuid:UUID or id:NAME in [" + section.name() + "]");
            }
            matches.add(new Match(
                    matcher.group(1), Optional.ofNullable(matcher.group(2)).orElseGet(() -> matcher.group(3))));
            at = matcher.end();
        }
        return matches;
    }

    /** Everything is read once, so that a mistake is told when the file is read and not when a client begins. */
    private void check(KeyFile.Section section) throws MistakeException {
        for (KeyFile.Entry entry : section.entries()) {
            if (!KEYS.contains(entry.key())) {
                throw new MistakeException(
                        entry.file(), entry.line(), "\"" + entry.key() + "\" is not a key of dhcpcanon.conf");
            }
        }
        policy(List.of(section), Wishes.NONE, false);
        Optional<KeyFile.Entry> adopt = section.find("adopt-new");
        if (adopt.isPresent() && !section.name().equals("defaults")) {
            throw adopt.get().expected("the section [defaults], as what is new matches nothing yet");
        }
        boolean unused = isAdopting(adopt);
        Optional<KeyFile.Entry> reboot = section.find("reboot");
        if (reboot.isPresent()
                && !section.name().contains(" uuid:")
                && !section.name().contains(" id:")) {
            throw reboot.get()
                    .expected(
                            "a section [match uuid:UUID] or [match id:NAME], as the connection says which network is the same");
        }
    }

    /** The policy for a client. */
    public Policy policyFor(ClientRequest request) {
        try {
            return policy(
                    rules.stream()
                            .filter(rule -> rule.fits(request, connections))
                            .map(Rule::section)
                            .toList(),
                    request.wishes(),
                    request.isForNetworkManager());
        } catch (MistakeException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param managed whether NetworkManager takes the lease, which looks for conflicts itself if its user wants that */
    private Policy policy(List<KeyFile.Section> sections, Wishes wishes, boolean managed) throws MistakeException {
        Profile profile =
                profile(last(sections, "profile")).asking(wishes.requested()).sending(wishes.sends());
        Optional<KeyFile.Entry> request = last(sections, "request");
        if (request.isPresent()) {
            profile = profile.asking(Words.codes(request.get()));
        }
        Optional<KeyFile.Entry> broadcast = last(sections, "broadcast");
        if (broadcast.isPresent() && Words.yes(broadcast.get())) {
            profile = profile.broadcasting();
        }
        RoutePolicy routes = routes(last(sections, "routes"));
        if (routes == RoutePolicy.NONE) {
            profile = profile.without(Option.CLASSLESS_STATIC_ROUTES);
        }
        return new Policy(
                profile,
                routes,
                release(last(sections, "release")),
                isProbing(last(sections, "acd"), managed),
                isRebooting(last(sections, "reboot")),
                warnings);
    }

    /** Whether Wi-Fi connections that NetworkManager gets from now on are adopted. */
    public boolean adoptsNew() {
        try {
            return isAdopting(last(rules.stream().map(Rule::section).toList(), "adopt-new"));
        } catch (MistakeException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAdopting(Optional<KeyFile.Entry> entry) throws MistakeException {
        return entry.isPresent() && Words.choice(entry.get(), "no", "wifi") == 1;
    }

    /** The names that {@code profile} may have: the built-in ones, then the administrator's in alphabetical order. */
    public List<String> profiles() {
        return Stream.concat(Profiles.NAMES.stream(), own.keySet().stream().sorted())
                .distinct()
                .toList();
    }

    private static Optional<KeyFile.Entry> last(List<KeyFile.Section> sections, String key) {
        return sections.stream().flatMap(section -> section.find(key).stream()).reduce((earlier, later) -> later);
    }

    private Profile profile(Optional<KeyFile.Entry> entry) throws MistakeException {
        if (entry.isEmpty()) {
            return Profiles.strict();
        }
        String name = entry.get().value().toLowerCase(Locale.ROOT);
        Profile mine = own.get(name);
        if (mine != null) {
            return mine;
        }
        if (!Profiles.NAMES.contains(name)) {
            throw entry.get().expected(String.join(", ", Profiles.NAMES) + " or a profile of profiles.d");
        }
        return Profiles.byName(name);
    }

    private static RoutePolicy routes(Optional<KeyFile.Entry> entry) throws MistakeException {
        return entry.isEmpty()
                ? RoutePolicy.ALL
                : List.of(RoutePolicy.values()).get(Words.choice(entry.get(), "all", "default-only", "none"));
    }

    private static Policy.Release release(Optional<KeyFile.Entry> entry) throws MistakeException {
        return entry.isEmpty()
                ? Policy.Release.ON_REQUEST
                : List.of(Policy.Release.values()).get(Words.choice(entry.get(), "on-request", "mac-change", "never"));
    }

    private static boolean isProbing(Optional<KeyFile.Entry> entry, boolean managed) throws MistakeException {
        int choice = entry.isEmpty() ? 0 : Words.choice(entry.get(), "auto", "self", "none");
        return choice == 0 ? !managed : choice == 1;
    }

    private static boolean isRebooting(Optional<KeyFile.Entry> entry) throws MistakeException {
        return entry.isPresent() && Words.choice(entry.get(), "off", "same-network") == 1;
    }
}
