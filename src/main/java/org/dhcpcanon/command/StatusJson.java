package org.dhcpcanon.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Clients for programs: one JSON object, the same for {@code status} and {@code show}; dhcpcanon(1) says what is in it. */
record StatusJson(Lifetime lifetime, Optional<Guard> guard) {
    /** Of the shape; to be raised when something is taken away or means something else. */
    private static final int FORMAT = 1;

    String of(Overview overview) {
        return Json.object(
                        "format", Json.number(FORMAT),
                        "running", Json.bool(overview.running()),
                        "version", orNull(overview.version()),
                        "clients", Json.array(overview.clients().stream().map(this::client)),
                        "guard", guard.map(Guard::json).orElse("null"))
                + "\n";
    }

    private String client(ClientStatus client) {
        Properties properties = client.properties();
        return Json.object(
                "interface", orNull(properties.text("Interface")),
                "state", orNull(properties.text("State")),
                "profile", orNull(properties.text("Profile")),
                "route", orNull(properties.text("Route")),
                "address", orNull(properties.text("Address")),
                "prefix", client.prefix().map(Json::number).orElse("null"),
                "server", orNull(properties.text("ServerIdentifier")),
                "leased_in", lifetime.json(properties.number("LeaseStart")),
                "renewal_in", lifetime.json(properties.number("RenewalTime")),
                "rebinding_in", lifetime.json(properties.number("RebindingTime")),
                "expires_in", lifetime.json(properties.number("ExpiryTime")),
                "never_expires",
                        Json.bool(properties
                                .number("ExpiryTime")
                                .filter(time -> time == Long.MAX_VALUE)
                                .isPresent()),
                "warnings", strings(properties.texts("Warnings")),
                "suppressed", strings(properties.texts("Suppressed")),
                "sent", properties.number("Sent").map(Json::number).orElse("null"),
                "dropped", dictionary(properties.inner("Dropped")),
                "options", dictionary(client.options()));
    }

    /** An empty text says that there is none. */
    private static String orNull(Optional<String> text) {
        return text.filter(value -> !value.isEmpty()).map(Json::string).orElse("null");
    }

    private static String strings(List<String> texts) {
        return Json.array(texts.stream().map(Json::string));
    }

    static String dictionary(Properties properties) {
        List<String> members = new ArrayList<>();
        properties.values().forEach((name, value) -> {
            members.add(name);
            members.add(value instanceof Number number ? number.toString() : Json.string(value.toString()));
        });
        return Json.object(members.toArray(String[]::new));
    }
}
