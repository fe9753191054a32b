package org.dhcpcanon.lease;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhcpcanon.packet.BootFields;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.MacAddress;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.Options;

/**
 * A lease as text, to be read again by the service after a restart: lines of a word and a value. Times are those of the boot
 * clock, so the text means something only until the machine is booted again; it is kept in /run alone.
 */
public final class LeaseText {
    private static final String FORMAT = "dhcpcanon-lease 2";
    private static final String SERVER_NAME = "server-name";
    private static final String FILE = "file";
    private static final String OPTION = "option-";
    private static final String STANDING = "standing-";

    private LeaseText() {}

    public static String write(Lease lease) {
        LeaseTimes times = lease.times();
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        line(text, "hardware", lease.hardware());
        line(text, "address", lease.address());
        line(text, "next-server", lease.nextServer());
        line(text, "server", lease.server());
        line(text, "started", times.startedAt());
        line(text, "seconds", times.seconds());
        line(text, "renew", times.renewAt());
        line(text, "rebind", times.rebindAt());
        line(text, "expire", times.expiresAt());
        boot(text, SERVER_NAME, lease.boot().serverName());
        boot(text, FILE, lease.boot().file());
        lease.standing().asMap().forEach((code, value) -> line(text, STANDING + code, value.toColonHex()));
        lease.options().asMap().forEach((code, value) -> line(text, OPTION + code, value.toColonHex()));
        return text.append("end\n").toString();
    }

    private static void boot(StringBuilder text, String word, Octets value) {
        if (!value.isEmpty()) {
            line(text, word, value.toColonHex());
        }
    }

    private static void line(StringBuilder text, String word, Object value) {
        text.append(word).append(' ').append(value).append('\n');
    }

    /** What {@link #write} wrote; empty for anything else, an older format or a text cut short among them. */
    public static Optional<Lease> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2
                || !lines.get(0).equals(FORMAT)
                || !lines.get(lines.size() - 1).equals("end")) {
            return Optional.empty();
        }
        try {
            return Optional.of(lease(words(lines.subList(1, lines.size() - 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> words(List<String> lines) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String line : lines) {
            int blank = line.indexOf(' ');
            if (blank < 0) {
                throw new IllegalArgumentException("a line without a value");
            }
            words.put(line.substring(0, blank), line.substring(blank + 1));
        }
        return words;
    }

    private static Lease lease(Map<String, String> words) {
        Lease lease = new Lease(
                MacAddress.parse(word(words, "hardware")).orElseThrow(IllegalArgumentException::new),
                address(words, "address"),
                address(words, "next-server"),
                address(words, "server"),
                times(words),
                options(words, STANDING),
                new BootFields(boot(words, SERVER_NAME), boot(words, FILE)),
                options(words, OPTION));
        // The one option whose length other code relies on.
        if (lease.options()
                .find(Option.SUBNET_MASK)
                .filter(mask -> mask.length() != 4)
                .isPresent()) {
            throw new IllegalArgumentException("a mask that is none");
        }
        return lease;
    }

    private static Octets boot(Map<String, String> words, String name) {
        String value = words.get(name);
        return value == null ? Octets.EMPTY : Octets.fromColonHex(value);
    }

    private static LeaseTimes times(Map<String, String> words) {
        return new LeaseTimes(
                number(words, "started"),
                number(words, "seconds"),
                number(words, "renew"),
                number(words, "rebind"),
                number(words, "expire"));
    }

    private static int code(String text) {
        int code = Integer.parseInt(text);
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("option code " + code);
        }
        return code;
    }

    private static Options options(Map<String, String> words, String kind) {
        Map<Integer, Octets> options = new LinkedHashMap<>();
        words.forEach((word, value) -> {
            if (word.startsWith(kind)) {
                options.put(code(word.substring(kind.length())), Octets.fromColonHex(value));
            }
        });
        return Options.of(options);
    }

    private static String word(Map<String, String> words, String name) {
        String value = words.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    private static Ipv4 address(Map<String, String> words, String name) {
        return Ipv4.parse(word(words, name)).orElseThrow(IllegalArgumentException::new);
    }

    private static long number(Map<String, String> words, String name) {
        return Long.parseLong(word(words, name));
    }
}
