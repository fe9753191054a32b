package org.dhcpcanon.runtime;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.dhcpcanon.lease.Lease;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.Option;

/**
 * A lease as an entry of dhclient.leases(5). It is never read back: what this client remembers is in /run alone, so a file that a
 * stranger has written says nothing to us.
 *
 * @param interfaceName the kernel's name
 * @param lease what was granted
 * @param options what of it is passed on, as scripts get it: a file must not say more than they are told
 * @param renewAt T1, seconds since 1970 on the wall clock; {@code Long.MAX_VALUE} for never, as the two below
 * @param rebindAt T2
 * @param expiresAt the end
 * @param epoch whether they are written as seconds, with the local time beside them ({@code db-time-format local})
 */
public record LeaseEntry(
        String interfaceName,
        Lease lease,
        SortedMap<String, String> options,
        long renewAt,
        long rebindAt,
        long expiresAt,
        boolean epoch) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT);
    /** As ctime(3) has it. */
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss uuuu", Locale.ROOT);

    private static final int DAYS = 7;

    /** The entry with its last line feed; printable ASCII. */
    public String text() {
        StringBuilder text = new StringBuilder("lease {\n");
        line(text, "interface", "\"" + interfaceName.replaceAll("([\\\\\"])", "\\\\$1") + "\"");
        line(text, "fixed-address", lease.address().toString());
        boot(text, "filename", Option.ROOT_PATH, lease.boot().file());
        boot(text, "server-name", Option.DOMAIN_NAME, lease.boot().serverName());
        for (Map.Entry<Integer, Octets> option : lease.options().asMap().entrySet()) {
            value(option.getKey(), option.getValue()).ifPresent(value -> line(text, name(option.getKey()), value));
        }
        date(text, "renew", renewAt);
        date(text, "rebind", rebindAt);
        date(text, "expire", expiresAt);
        return text.append("}\n").toString();
    }

    /** Neither is an option, but each is checked as one. */
    private void boot(StringBuilder text, String name, Option like, Octets value) {
        if (options.containsKey(name.replace('-', '_'))) {
            Option.fileText(like.code(), value).ifPresent(words -> line(text, name, words));
        }
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ").append(name).append(' ').append(value).append(";\n");
    }

    private static String name(int code) {
        return "option " + Option.textName(code).replace('_', '-');
    }

    /** What was changed before it was passed on are lists of addresses. */
    private Optional<String> value(int code, Octets value) {
        String passedOn = options.get(Option.textName(code));
        if (passedOn == null) {
            return Optional.empty();
        }
        return Option.text(code, value).filter(passedOn::equals).isPresent()
                ? Option.fileText(code, value)
                : Optional.of(passedOn.replace(' ', ','));
    }

    private void date(StringBuilder text, String name, long seconds) {
        if (seconds == Long.MAX_VALUE) {
            line(text, name, "never");
        } else if (epoch) {
            String local = LOCAL.format(Instant.ofEpochSecond(seconds).atZone(ZoneId.systemDefault()));
            line(text, name, "epoch " + seconds);
            text.insert(text.length() - 1, " # " + local);
        } else {
            line(text, name, date(seconds));
        }
    }

    /** The day of the week, 0 for Sunday, and a date in UTC. */
    private static String date(long seconds) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        return time.getDayOfWeek().getValue() % DAYS + " " + DATE.format(time);
    }
}
