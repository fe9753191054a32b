package org.dhcpcanon.command;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that the service has told.
 *
 * @param interfaceName empty if it is about the service itself
 * @param detail the new state, or the reason of news about a lease; may be empty
 * @param before the earlier state; may be empty
 * @param options what the caller was told of the lease
 */
record Happening(Kind kind, Optional<String> interfaceName, String detail, String before, Properties options) {
    /** What kinds there are; the names in lower case are those of the JSON. */
    enum Kind {
        /** It was there when we came. */
        PRESENT,
        APPEARED,
        STATE,
        LEASE,
        GONE,
        SERVICE_STARTED,
        SERVICE_ENDED;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Happening ofService(Kind kind) {
        return new Happening(kind, Optional.empty(), "", "", Properties.NONE);
    }

    static Happening of(Kind kind, String interfaceName, String detail) {
        return new Happening(kind, Optional.of(interfaceName), detail, "", Properties.NONE);
    }

    String line(OffsetDateTime time, Colour colour) {
        return colour.faint(DateTimeFormatter.ISO_LOCAL_TIME.format(time.truncatedTo(ChronoUnit.MILLIS))) + " "
                + Terminal.safe(interfaceName.map(name -> name + ": ").orElse("dhcpcanond ") + words());
    }

    private String words() {
        return switch (kind) {
            case PRESENT -> "is there, " + detail;
            case APPEARED -> "new client, " + detail;
            case STATE -> detail + " (was " + before + ")";
            case LEASE -> detail + lease();
            case GONE -> "client gone";
            case SERVICE_STARTED -> "has started";
            case SERVICE_ENDED -> "is not running";
        };
    }

    private String lease() {
        String address = options.text("ip_address").map(text -> " " + text).orElse("");
        return address
                + options.text("dhcp_lease_time")
                        .map(text -> " for " + text + " s")
                        .orElse("");
    }

    String json(OffsetDateTime time) {
        return Json.object(
                "time", Json.string(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)),
                "event", Json.string(kind.text()),
                "interface", interfaceName.map(Json::string).orElse("null"),
                "state", kind == Kind.LEASE || detail.isEmpty() ? "null" : Json.string(detail),
                "before", before.isEmpty() ? "null" : Json.string(before),
                "reason", kind == Kind.LEASE ? Json.string(detail) : "null",
                "options", StatusJson.dictionary(options));
    }
}
