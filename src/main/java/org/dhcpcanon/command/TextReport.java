package org.dhcpcanon.command;

import java.util.Locale;
import java.util.stream.Collectors;
import org.dhcpcanon.audit.Audit;
import org.dhcpcanon.audit.Finding;
import org.dhcpcanon.audit.Frame;
import org.dhcpcanon.audit.Link;
import org.dhcpcanon.audit.Rule;
import org.dhcpcanon.audit.Trait;
import org.dhcpcanon.audit.Verdict;
import org.dhcpcanon.packet.MacAddress;

/** The result as tables for people. */
final class TextReport {
    private static final int MOST = 20;

    private final Audited audited;
    private final Colour colour;
    private final StringBuilder text = new StringBuilder();

    TextReport(Audited audited, Colour colour) {
        this.audited = audited;
        this.colour = colour;
    }

    String text() {
        audited.audit().clients().forEach(this::client);
        links();
        malformed();
        if (audited.live()) {
            line("outgoing: %d", audited.audit().outgoing());
        }
        return text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private void client(Audit.Report client) {
        line("%s: %d messages, %d sessions", client.mac(), client.messages(), client.sessions());
        client.rows().forEach(this::row);
        line("");
        line("  what identifies it beyond that");
        client.traits().forEach(this::trait);
        line("");
        line(
                "  %d pass, %d fail, %d note, %d not seen; %s",
                client.with(Verdict.PASS).size(),
                client.with(Verdict.FAIL).size(),
                client.with(Verdict.NOTE).size(),
                client.with(Verdict.NOT_SEEN).size(),
                client.isBroken() ? colour.bad("a MUST is broken") : colour.good("no MUST is broken"));
        line("");
    }

    private void row(Rule rule, Finding finding) {
        String reason = finding.reason().isEmpty() ? "" : "  " + finding.reason();
        line(
                "  %-6s %s %-10s %-52s %s%s",
                rule.id(), verdict(finding), rule.level().text(), rule.requirement(), packet(finding), reason);
    }

    private String verdict(Finding finding) {
        String padded = String.format(Locale.ROOT, "%-8s", finding.verdict().text());
        return switch (finding.verdict()) {
            case PASS -> colour.good(padded);
            case FAIL -> colour.bad(padded);
            case NOTE -> colour.doubtful(padded);
            case NOT_SEEN -> colour.faint(padded);
        };
    }

    private String packet(Finding finding) {
        return String.format(
                Locale.ROOT, "%6s", finding.shown().map(this::packet).orElse("-"));
    }

    private String packet(Frame frame) {
        String file = audited.files().size() > 1 ? Terminal.safe(frame.source()) : "";
        return file + "#" + frame.number();
    }

    private void trait(Trait trait) {
        line("  %-22s %s  %s", trait.name(), trait.value(), colour.faint(packet(trait.shown())));
    }

    private void links() {
        for (Link link : audited.audit().links()) {
            String macs = link.macs().stream().map(MacAddress::toString).collect(Collectors.joining(" and "));
            line("%s", colour.bad("the " + link.name() + " links " + macs + ": " + link.value()));
        }
    }

    private void malformed() {
        audited.audit().malformed().stream()
                .limit(MOST)
                .forEach(broken -> line("%s is malformed: %s", packet(broken.frame()), broken.reason()));
        int more = audited.audit().malformed().size() - MOST;
        if (more > 0) {
            line("and %d more", more);
        }
    }
}
