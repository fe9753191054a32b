package org.dhcpcanon.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Clients for people: a line each, or everything of each. */
final class StatusText {
    private static final String GAP = "  ";
    private static final List<String> HEADING =
            List.of("INTERFACE", "STATE", "ADDRESS", "PROFILE", "ROUTE", "EXPIRES", "NOTES");
    private static final int STATE = 1;

    private final Lifetime lifetime;
    private final Colour colour;
    private final StringBuilder text = new StringBuilder();

    StatusText(Lifetime lifetime, Colour colour) {
        this.lifetime = lifetime;
        this.colour = colour;
    }

    /** @param verbose with warnings, suppressed options and dropped packets below each line */
    String table(List<ClientStatus> clients, boolean verbose) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADING));
        clients.forEach(client -> rows.add(row(client)));
        line(colour.faint(aligned(HEADING, rows)));
        for (ClientStatus client : clients) {
            line(coloured(aligned(row(client), rows), client));
            if (verbose) {
                notes(client);
            }
        }
        return text.toString();
    }

    private List<String> row(ClientStatus client) {
        return List.of(
                safe(client.interfaceName()),
                safe(client.text("State")),
                safe(client.address()),
                safe(client.text("Profile")),
                safe(client.text("Route")),
                lifetime.text(client.properties().number("ExpiryTime")),
                counts(client));
    }

    private static String counts(ClientStatus client) {
        List<String> counts = new ArrayList<>();
        count(counts, client.properties().texts("Warnings").size(), "warning", "warnings");
        count(counts, client.properties().texts("Suppressed").size(), "suppressed", "suppressed");
        return String.join(", ", counts);
    }

    private static void count(List<String> counts, int count, String one, String several) {
        if (count > 0) {
            counts.add(count + " " + (count == 1 ? one : several));
        }
    }

    private static String aligned(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            int at = column;
            int width = rows.stream()
                    .mapToInt(other -> other.get(at).length())
                    .max()
                    .orElse(0);
            line.append(row.get(column))
                    .append(" ".repeat(width - row.get(column).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    /** The second word, which is the state; what is before it has no blanks. */
    private String coloured(String line, ClientStatus client) {
        String state = row(client).get(STATE);
        int at = line.indexOf(state, row(client).get(0).length());
        return line.substring(0, at) + inColour(state) + line.substring(at + state.length());
    }

    private String inColour(String state) {
        return switch (state) {
            case "bound", "renewing", "rebinding" -> colour.good(state);
            case "offline", "stopped", ClientStatus.UNKNOWN -> colour.bad(state);
            default -> colour.doubtful(state);
        };
    }

    private void notes(ClientStatus client) {
        client.properties()
                .texts("Warnings")
                .forEach(warning -> line("    " + colour.doubtful("warning: ") + safe(warning)));
        client.properties().texts("Suppressed").forEach(option -> line("    suppressed: " + safe(option)));
        dropped(client).forEach(reason -> line("    dropped: " + reason));
    }

    private static List<String> dropped(ClientStatus client) {
        List<String> lines = new ArrayList<>();
        client.properties()
                .inner("Dropped")
                .values()
                .forEach((reason, count) -> lines.add(count + " " + safe(reason.replace('_', ' '))));
        return lines;
    }

    /** Everything of one client. */
    String details(ClientStatus client) {
        line(safe(client.interfaceName()));
        entry("state", inColour(safe(client.text("State"))));
        entry("address", safe(client.address()));
        entry("server", orNone(client.text("ServerIdentifier")));
        entry("profile", safe(client.text("Profile")));
        entry("route", safe(client.text("Route")));
        moment(client, "leased", "LeaseStart");
        moment(client, "renewal", "RenewalTime");
        moment(client, "rebinding", "RebindingTime");
        moment(client, "expires", "ExpiryTime");
        entry("sent", sent(client));
        list("warnings", client.properties().texts("Warnings"));
        list("suppressed", client.properties().texts("Suppressed"));
        list("dropped packets", dropped(client));
        List<String> options = new ArrayList<>();
        client.options().values().forEach((name, value) -> options.add(name + " = " + value));
        list("options of the lease", options);
        return text.toString();
    }

    private static String sent(ClientStatus client) {
        return client.properties()
                .number("Sent")
                .map(count -> count + (count == 1 ? " message" : " messages"))
                .orElse(ClientStatus.UNKNOWN);
    }

    private void moment(ClientStatus client, String name, String property) {
        entry(name, lifetime.text(client.properties().number(property)));
    }

    private void entry(String name, String value) {
        line(String.format(Locale.ROOT, "  %-10s %s", name, value));
    }

    private void list(String name, List<String> values) {
        line("  " + name + (values.isEmpty() ? ": none" : ":"));
        values.forEach(value -> line("    " + safe(value)));
    }

    private static String orNone(String value) {
        return value.isEmpty() ? "-" : safe(value);
    }

    private static String safe(String value) {
        return Terminal.safe(value);
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
