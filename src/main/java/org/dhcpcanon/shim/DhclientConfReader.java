package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.dhcpcanon.packet.Prefix;
import org.dhcpcanon.shim.ConfToken.Kind;

/**
 * Reads one dhclient.conf as dhclient does: a bad statement is reported and skipped to its end, and reading goes on. Blocks are
 * counted, not recursed into.
 */
final class DhclientConfReader {
    private static final int MOST_WARNINGS = 20;
    private static final int MOST_SUPPRESSED = 100;

    /** They do not change what we do: timing and lists that we do not take over, definitions, what is for other programs. */
    private static final Set<String> PASSED_OVER = Set.of(
            "option",
            "request",
            "also",
            "retry",
            "reboot",
            "select-timeout",
            "initial-interval",
            "backoff-cutoff",
            "initial-delay",
            "vendor",
            "lease",
            "lease6",
            "key",
            "zone",
            "omapi",
            "bootp",
            "db-time-format",
            "lease-id-format",
            "anycast-mac",
            "bootp-broadcast-always",
            "do-forward-updates",
            "default-duid",
            "log",
            "set",
            "unset",
            "eval",
            "if",
            "elsif",
            "else",
            "switch",
            "case",
            "break",
            "on",
            "class",
            "pseudo",
            "require");
    /** Who writes one of these expects an effect. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "supersede",
            "prepend",
            "append",
            "default",
            "script",
            "include",
            "alias",
            "media",
            "medium",
            "hardware",
            "execute");

    private static final Map<String, Integer> CODES = Map.of(
            "host-name", 12,
            "vendor-encapsulated-options", 43,
            "dhcp-requested-address", 50,
            "dhcp-lease-time", 51,
            "dhcp-parameter-request-list", 55,
            "dhcp-max-message-size", 57,
            "vendor-class-identifier", 60,
            "dhcp-client-identifier", 61,
            "user-class", 77,
            "mudurl", 161);

    private final String file;
    private final ConfTokens tokens;
    private final String interfaceName;
    private final List<Prefix> rejected = new ArrayList<>();
    private final List<String> suppressed = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private OptionalLong timeout = OptionalLong.empty();
    private boolean insideInterface;
    private int moreWarnings;

    DhclientConfReader(String file, String text, String interfaceName) {
        this.file = Shown.of(file);
        this.tokens = new ConfTokens(text);
        this.interfaceName = interfaceName;
    }

    DhclientConf read() {
        while (!tokens.peek().is(Kind.END)) {
            statement(tokens.take());
        }
        if (insideInterface) {
            warn(tokens.peek(), "expected \"}\"");
        }
        if (tokens.hadOpenString()) {
            warn(tokens.peek(), "a string is not closed; expected '\"'");
        }
        if (moreWarnings > 0) {
            warnings.add(file + ": and " + moreWarnings + " more");
        }
        return new DhclientConf(rejected, timeout, suppressed, warnings);
    }

    private void statement(ConfToken first) {
        switch (first.kind()) {
            case SEMICOLON -> {}
            case CLOSE -> close(first);
            case WORD -> keyword(first, first.text().toLowerCase(Locale.ROOT));
            case OPEN -> {
                warn(first, "expected a statement");
                skipBlock(false);
            }
            case STRING, COMMA, OPERATOR, END -> bad(first, "expected a statement");
        }
    }

    private void close(ConfToken token) {
        if (!insideInterface) {
            warn(token, "expected a statement");
        }
        insideInterface = false;
    }

    private void keyword(ConfToken first, String word) {
        switch (word) {
            case "timeout" -> timeout();
            case "reject" -> reject();
            case "interface" -> interfaceBlock();
            case "send" -> {
                send(first);
                skipStatement(false);
            }
            default -> other(first, word);
        }
    }

    private void other(ConfToken first, String word) {
        if (WITHOUT_EFFECT.contains(word)) {
            warn(first, "\"" + word + "\" has no effect here");
        } else if (!PASSED_OVER.contains(word)) {
            warn(first, "expected a statement");
        }
        skipStatement(Set.of("if", "elsif", "else", "on", "switch").contains(word));
    }

    private void timeout() {
        ConfToken value = tokens.take();
        OptionalLong seconds = value.is(Kind.WORD) ? DhclientConf.seconds(value.text()) : OptionalLong.empty();
        if (seconds.isEmpty()) {
            bad(value, "expected seconds, 1..2147483647");
        } else if (semicolon()) {
            timeout = seconds;
        }
    }

    /** Good addresses count even beside a bad one: whoever rejects a server has a reason. */
    private void reject() {
        do {
            ConfToken item = tokens.take();
            Optional<Prefix> prefix = item.is(Kind.WORD) ? Prefix.parse(item.text()) : Optional.empty();
            prefix.ifPresent(rejected::add);
            if (prefix.isEmpty()) {
                bad(item, "expected an IPv4 address, or address/length");
                return;
            }
        } while (comma());
        semicolon();
    }

    private boolean comma() {
        if (!tokens.peek().is(Kind.COMMA)) {
            return false;
        }
        tokens.take();
        return true;
    }

    /** A block of another interface is skipped whole, its {@code send} lines too. */
    private void interfaceBlock() {
        ConfToken name = tokens.take();
        if (!name.is(Kind.STRING) && !name.is(Kind.WORD)) {
            bad(name, "expected the name of an interface");
        } else if (!tokens.peek().is(Kind.OPEN)) {
            bad(tokens.take(), "expected \"{\"");
        } else {
            enter(tokens.take(), name.text().equals(interfaceName));
        }
    }

    private void enter(ConfToken open, boolean ours) {
        if (insideInterface) {
            warn(open, "an interface inside an interface is skipped");
            skipBlock(false);
        } else if (ours) {
            insideInterface = true;
        } else {
            skipBlock(false);
        }
    }

    /** An empty string is NetworkManager's way to write "send none". */
    private void send(ConfToken first) {
        ConfToken name = tokens.peek();
        if (!name.is(Kind.WORD)) {
            warn(name, "expected the name of an option");
            return;
        }
        tokens.take();
        boolean none = tokens.peek().is(Kind.STRING) && tokens.peek().text().isEmpty();
        if (!none && suppressed.size() < MOST_SUPPRESSED) {
            suppressed.add(shown(name.text()) + " from " + file + " line " + first.line());
        }
    }

    private static String shown(String option) {
        String name = option.toLowerCase(Locale.ROOT);
        Integer code = name.startsWith("fqdn.") ? Integer.valueOf(81) : CODES.get(name);
        return code == null ? Shown.of(option) : name + " (" + code + ")";
    }

    private boolean semicolon() {
        if (tokens.peek().is(Kind.SEMICOLON)) {
            tokens.take();
            return true;
        }
        bad(tokens.take(), "expected \";\"");
        return false;
    }

    /** Reports the token, and skips from it to the end of the statement that it stands in. */
    private void bad(ConfToken token, String expected) {
        warn(token, expected);
        if (token.is(Kind.CLOSE)) {
            insideInterface = false;
        } else if (token.is(Kind.OPEN)) {
            skipBlock(false);
        } else if (!token.is(Kind.SEMICOLON)) {
            skipStatement(false);
        }
    }

    /** To behind the next ";" or block; to before a "}" that ends the block around. */
    private void skipStatement(boolean reportSends) {
        while (!tokens.peek().is(Kind.END) && !tokens.peek().is(Kind.CLOSE)) {
            ConfToken token = tokens.take();
            if (token.is(Kind.OPEN)) {
                skipBlock(reportSends);
                return;
            }
            if (token.is(Kind.SEMICOLON)) {
                return;
            }
        }
    }

    /** To behind the "}" that belongs to a "{" which has been taken. */
    private void skipBlock(boolean reportSends) {
        boolean statementStarts = true;
        for (int depth = 1; depth > 0 && !tokens.peek().is(Kind.END); ) {
            ConfToken token = tokens.take();
            if (reportSends && statementStarts && token.isWord("send")) {
                send(token);
            }
            depth += token.is(Kind.OPEN) ? 1 : token.is(Kind.CLOSE) ? -1 : 0;
            statementStarts = token.is(Kind.OPEN) || token.is(Kind.CLOSE) || token.is(Kind.SEMICOLON);
        }
    }

    private void warn(ConfToken token, String text) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(file + " line " + token.line() + " column " + token.column() + ": " + text + ", found "
                    + token.shown());
        } else {
            moreWarnings++;
        }
    }
}
