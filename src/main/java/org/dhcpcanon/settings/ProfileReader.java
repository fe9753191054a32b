package org.dhcpcanon.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dhcpcanon.client.Arp;
import org.dhcpcanon.client.Backoff;
import org.dhcpcanon.client.Form;
import org.dhcpcanon.client.Look;
import org.dhcpcanon.client.Profile;
import org.dhcpcanon.client.Timing;
import org.dhcpcanon.client.Wait;
import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;

/** Reads one profile. All keys but {@code caller} must be there, so that a profile says everything itself, and none
 * may be unknown. */
final class ProfileReader {
    static final Map<String, Set<String>> KEYS = Map.of(
            "messages",
                    Set.of("order", "caller", "discover", "reboot", "select", "renew", "rebind", "decline", "release"),
            "parameters", Set.of("order", "list", "caller"),
            "packet", Set.of("padding", "ttl", "tos", "dont-fragment", "identification", "secs", "broadcast"),
            "timing", Set.of("waits", "request-tries", "fuzz", "server-times", "renew-retry"),
            "arp", Set.of("probes", "listening", "announcements"));

    /** What the machine itself decides, and what it would have to obey: no profile can set these. */
    private static final Set<Integer> NOT_FREE = Set.of(50, 51, 52, 53, 54, 55, 61, 90, 145);

    private static final int MOST_WAITS = 20;
    /** Milliseconds; nobody's crowd asks more often. */
    private static final int SHORTEST_RETRY = 500;

    private final KeyFile file;
    private final String name;

    private ProfileReader(KeyFile file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * @param name of the profile
     * @throws MistakeException with file, line and what was expected
     */
    static Profile read(String fileName, String name, String text) throws MistakeException {
        return new ProfileReader(KeyFile.parse(fileName, text), name).profile();
    }

    private Profile profile() throws MistakeException {
        for (KeyFile.Section section : file.sections()) {
            checkSection(section);
        }
        Map<Form, List<Integer>> forms = new EnumMap<>(Form.class);
        for (Form form : Form.values()) {
            forms.put(form, form(form));
        }
        return new Profile(
                name,
                forms,
                Words.choice(entry("messages", "order"), "fixed", "shuffled") == 1,
                Words.codes(entry("parameters", "list")),
                Words.choice(entry("parameters", "order"), "fixed", "shuffled") == 1,
                isCallerObeyed("parameters"),
                isCallerObeyed("messages"),
                values(),
                hostName(),
                look(),
                timing(),
                arp());
    }

    private void checkSection(KeyFile.Section section) throws MistakeException {
        Set<String> known = KEYS.get(section.name());
        if (known == null && !section.name().equals("values")) {
            throw section.mistake("expected [messages], [parameters], [values], [packet], [timing] or [arp]");
        }
        for (KeyFile.Entry entry : section.entries()) {
            if (known != null && !known.contains(entry.key())) {
                throw new MistakeException(
                        entry.file(), entry.line(), "\"" + entry.key() + "\" is not a key of [" + section.name() + "]");
            }
        }
    }

    private Optional<KeyFile.Section> section(String title) {
        return file.sections().stream()
                .filter(section -> section.name().equals(title))
                .findFirst();
    }

    private KeyFile.Entry entry(String title, String key) throws MistakeException {
        return section(title)
                .flatMap(section -> section.find(key))
                .orElseThrow(() -> new MistakeException(file.name(), 0, "expected \"" + key + "\" in [" + title + "]"));
    }

    /** Begins with 53; holds 50 and 54 where RFC 2131 table 5 has them and nowhere else. */
    private List<Integer> form(Form form) throws MistakeException {
        KeyFile.Entry entry = entry("messages", form.name().toLowerCase(Locale.ROOT));
        List<Integer> codes = Words.codes(entry);
        if (codes.get(0) != Option.DHCP_MESSAGE_TYPE.code()) {
            throw entry.expected("53 first");
        }
        for (Option option : List.of(Option.REQUESTED_ADDRESS, Option.SERVER_IDENTIFIER)) {
            if (codes.contains(option.code()) != form.needs(option.code())) {
                throw entry.expected((form.needs(option.code()) ? "also " : "no ") + option.code());
            }
        }
        return codes.subList(1, codes.size());
    }

    private Map<Integer, Octets> values() throws MistakeException {
        Map<Integer, Octets> values = new LinkedHashMap<>();
        for (KeyFile.Entry entry :
                section("values").map(KeyFile.Section::entries).orElse(List.of())) {
            if (!entry.key().equals("host-name")) {
                int code = Words.parsed(entry.key(), 1, 254)
                        .filter(free -> !NOT_FREE.contains(free))
                        .orElseThrow(() -> new MistakeException(
                                entry.file(),
                                entry.line(),
                                "expected \"host-name\" or the code of an option that is free"));
                values.put(code, Words.octets(entry));
            }
        }
        return values;
    }

    /** The one key that may be missing: what is not said is not leaked. */
    private boolean isCallerObeyed(String title) throws MistakeException {
        Optional<KeyFile.Entry> entry = section(title).flatMap(section -> section.find("caller"));
        return entry.isPresent() && Words.choice(entry.get(), "ignored", "obeyed") == 1;
    }

    private Optional<String> hostName() throws MistakeException {
        Optional<KeyFile.Entry> entry = section("values").flatMap(section -> section.find("host-name"));
        if (entry.isPresent() && !entry.get().value().matches("[A-Za-z0-9*][A-Za-z0-9*-]{0,62}")) {
            throw entry.get().expected("letters, digits, hyphens and stars");
        }
        return entry.map(KeyFile.Entry::value);
    }

    private Look look() throws MistakeException {
        KeyFile.Entry padding = entry("packet", "padding");
        boolean even = padding.value().equals("even");
        IpHeader header = new IpHeader(
                Words.number(entry("packet", "ttl"), 1, 255),
                Words.number(entry("packet", "tos"), 0, 255),
                Words.yes(entry("packet", "dont-fragment")),
                0);
        return new Look(
                even ? 0 : Words.number(padding, 0, 1200),
                even,
                header,
                Words.choice(entry("packet", "identification"), "zero", "counted") == 1,
                Words.choice(entry("packet", "secs"), "normal", "reversed") == 1,
                Words.yes(entry("packet", "broadcast")));
    }

    private Timing timing() throws MistakeException {
        return new Timing(
                new Backoff(waits(entry("timing", "waits"), SHORTEST_RETRY)),
                Words.number(entry("timing", "request-tries"), 1, 10),
                Words.number(entry("timing", "fuzz"), 0, 60_000),
                Words.yes(entry("timing", "server-times")),
                Words.choice(entry("timing", "renew-retry"), "half-remaining", "waits") == 1);
    }

    private Arp arp() throws MistakeException {
        KeyFile.Entry announcements = entry("arp", "announcements");
        return new Arp(
                waits(entry("arp", "probes"), 1),
                wait(entry("arp", "listening"), 1),
                announcements.value().equals("none") ? List.of() : waits(announcements, 1));
    }

    private static List<Wait> waits(KeyFile.Entry entry, int shortest) throws MistakeException {
        List<Wait> waits = new ArrayList<>();
        for (String item : entry.value().split(" +", -1)) {
            waits.add(wait(entry, item, shortest));
        }
        if (waits.size() > MOST_WAITS) {
            throw entry.expected("at most " + MOST_WAITS + " waits");
        }
        return waits;
    }

    private static Wait wait(KeyFile.Entry entry, int shortest) throws MistakeException {
        return wait(entry, entry.value(), shortest);
    }

    private static Wait wait(KeyFile.Entry entry, String item, int shortest) throws MistakeException {
        String[] parts = item.split("~", -1);
        Optional<Integer> middle = Words.parsed(parts[0], shortest, 3_600_000);
        Optional<Integer> spread = parts.length == 2 ? Words.parsed(parts[1], 0, 600_000) : Optional.empty();
        if (middle.isEmpty() || spread.isEmpty() || spread.get() >= middle.get()) {
            throw entry.expected("milliseconds~spread such as 4000~1000");
        }
        return new Wait(middle.get(), spread.get());
    }
}
