package org.dhcpcanon.command;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dhcpcanon.audit.Audit;
import org.dhcpcanon.audit.Finding;
import org.dhcpcanon.audit.Frame;
import org.dhcpcanon.audit.Link;
import org.dhcpcanon.audit.Rule;
import org.dhcpcanon.audit.Trait;
import org.dhcpcanon.packet.MacAddress;

/** The result as one JSON object; dhcpcanon(1) says what is in it. */
final class JsonReport {
    /** Of the shape; to be raised when something is taken away or means something else. */
    private static final int FORMAT = 1;

    private JsonReport() {}

    static String of(Audited audited) {
        Audit audit = audited.audit();
        return Json.object(
                        "format", Json.number(FORMAT),
                        "files", strings(audited.files()),
                        "warnings", strings(audited.warnings()),
                        "outgoing", outgoing(audited, audit.outgoing()),
                        "clients", Json.array(audit.clients().stream().map(client -> client(audited, client))),
                        "links", Json.array(audit.links().stream().map(JsonReport::link)),
                        "malformed", Json.array(audit.malformed().stream().map(JsonReport::malformed)))
                + "\n";
    }

    private static String strings(List<String> texts) {
        return Json.array(texts.stream().map(Json::string));
    }

    private static String outgoing(Audited audited, int count) {
        return audited.live() ? Json.number(count) : "null";
    }

    private static String client(Audited audited, Audit.Report client) {
        Stream<String> xids = client.xids().stream().map(xid -> Json.string(String.format(Locale.ROOT, "0x%08x", xid)));
        return Json.object(
                "mac", Json.string(client.mac().toString()),
                "messages", Json.number(client.messages()),
                "outgoing", outgoing(audited, client.outgoing()),
                "xids", Json.array(xids),
                "sessions", Json.number(client.sessions()),
                "broken", Json.bool(client.isBroken()),
                "rows", Json.array(client.rows().entrySet().stream().map(row -> row(row.getKey(), row.getValue()))),
                "traits", Json.array(client.traits().stream().map(JsonReport::trait)));
    }

    private static String row(Rule rule, Finding finding) {
        return Json.object(
                "id", Json.string(rule.id()),
                "level", Json.string(rule.level().text()),
                "source", Json.string(rule.rfc()),
                "requirement", Json.string(rule.requirement()),
                "verdict", Json.string(finding.verdict().text()),
                "reason", Json.string(finding.reason()),
                "packet", finding.shown().map(JsonReport::packet).orElse("null"));
    }

    private static String trait(Trait trait) {
        return Json.object(
                "name", Json.string(trait.name()),
                "value", Json.string(trait.value()),
                "personal", Json.bool(trait.personal()),
                "packet", packet(trait.shown()));
    }

    private static String link(Link link) {
        Stream<String> macs = link.macs().stream().map(MacAddress::toString).map(Json::string);
        return Json.object(
                "name", Json.string(link.name()), "value", Json.string(link.value()), "macs", Json.array(macs));
    }

    private static String malformed(Audit.Malformed malformed) {
        return Json.object("packet", packet(malformed.frame()), "reason", Json.string(malformed.reason()));
    }

    private static String packet(Frame frame) {
        return Json.object("file", Json.string(frame.source()), "number", Json.number(frame.number()));
    }
}
