package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.dhcpcanon.lease.Adjustment;
import org.dhcpcanon.lease.Adjustment.Joint;
import org.dhcpcanon.lease.Definition;
import org.dhcpcanon.packet.Option;
import org.dhcpcanon.packet.OptionShape;
import org.dhcpcanon.packet.Prefix;
import org.dhcpcanon.shim.ConfToken.Kind;

/**
 * Reads one file of a dhclient.conf as dhclient does: a bad statement is reported and skipped to its end, and reading goes on. It does
 * not call itself but for {@code include}, to a bounded depth.
 */
final class DhclientConfReader {
    private static final int DEEPEST = 8;
    private static final int MOST_CODES = 254;

    /** They decide about packets and times, which are the profile's; or about what we do not have. */
    static final Set<String> PASSED_OVER = Set.of(
            "reboot",
            "select-timeout",
            "initial-interval",
            "backoff-cutoff",
            "initial-delay",
            "vendor",
            "lease6",
            "key",
            "zone",
            "omapi",
            "bootp",
            "ignore",
            "accept",
            "prefer",
            "dont",
            "lease-id-format",
            "bootp-broadcast-always",
            "do-forward-updates",
            "default-duid",
            "log",
            "parse-vendor-option",
            "set",
            "unset",
            "eval",
            "return",
            "break",
            "class");

    /** Whether what is in the block happens is only known to who can evaluate expressions. */
    static final Set<String> CONDITIONAL = Set.of("if", "elsif", "else", "on", "switch", "case");

    /** Who writes one of these expects an effect. */
    static final Set<String> WITHOUT_EFFECT = Set.of("media", "medium", "hardware", "anycast-mac", "execute", "pseudo");

    private static final Set<String> ADJUSTING = Set.of("supersede", "prepend", "append", "default");

    /** The exchange itself, which has happened when a script is told of it. */
    private static final Set<Option> NOT_ADJUSTED = Set.of(
            Option.REQUESTED_ADDRESS,
            Option.LEASE_TIME,
            Option.OVERLOAD,
            Option.DHCP_MESSAGE_TYPE,
            Option.SERVER_IDENTIFIER,
            Option.PARAMETER_REQUEST_LIST,
            Option.RENEWAL_TIME,
            Option.REBINDING_TIME,
            Option.CLIENT_IDENTIFIER);

    private final ConfCursor cursor;
    private final ConfDraft draft;
    private final int depth;
    private ConfScope scope;

    DhclientConfReader(String file, String text, ConfDraft draft) {
        this(file, text, draft, draft.everywhere, 1);
    }

    private DhclientConfReader(String file, String text, ConfDraft draft, ConfScope scope, int depth) {
        this.cursor = new ConfCursor(file, text, draft.report);
        this.draft = draft;
        this.scope = scope;
        this.depth = depth;
    }

    void read() {
        ConfScope outer = scope;
        while (!cursor.at(Kind.END)) {
            statement(cursor.take(), outer);
        }
        if (scope != outer) {
            cursor.warn(cursor.peek(), "expected \"}\"");
        }
        cursor.warnOfOpenString();
    }

    private void statement(ConfToken first, ConfScope outer) {
        switch (first.kind()) {
            case SEMICOLON -> {}
            case CLOSE -> {
                if (scope == outer) {
                    cursor.warn(first, "expected a statement");
                }
                scope = outer;
            }
            case WORD -> keyword(first, first.text().toLowerCase(Locale.ROOT));
            case OPEN -> {
                cursor.warn(first, "expected a statement");
                cursor.skipBlock(token -> {});
            }
            case STRING, COMMA, OPERATOR, END -> {
                cursor.warn(first, "expected a statement");
                cursor.skipStatement();
            }
        }
    }

    private void keyword(ConfToken first, String word) {
        switch (word) {
            case "timeout" ->
                cursor.number(1, Integer.MAX_VALUE, "expected seconds, 1..2147483647")
                        .ifPresent(seconds -> scope.timeout = OptionalLong.of(seconds));
            case "retry" ->
                cursor.number(0, Numbers.LARGEST_U32, "expected seconds, 0..4294967295")
                        .ifPresent(seconds -> scope.retry = OptionalLong.of(seconds));
            case "reject" -> reject();
            case "interface" -> interfaceBlock();
            case "send" -> sends().read();
            case "supersede" -> adjust(Adjustment.Kind.SUPERSEDE);
            case "prepend" -> adjust(Adjustment.Kind.PREPEND);
            case "append" -> adjust(Adjustment.Kind.APPEND);
            case "default" -> adjust(Adjustment.Kind.DEFAULT);
            default -> other(first, word);
        }
    }

    private void other(ConfToken first, String word) {
        switch (word) {
            case "request" -> codes(codes -> scope.request(false, codes));
            case "require" -> require(false);
            case "also" -> also();
            case "option" -> new OptionDefinitionReader(cursor, draft.names).read();
            case "alias" -> draft.alias(lease());
            case "lease" -> {
                cursor.warn(first, "a lease that no server has given is not used");
                lease();
            }
            case "script" -> script();
            case "include" -> include();
            case "db-time-format" -> dates();
            default -> skip(first, word);
        }
    }

    private void skip(ConfToken first, String word) {
        if (WITHOUT_EFFECT.contains(word)) {
            cursor.warn(first, "\"" + word + "\" has no effect here");
        } else if (!PASSED_OVER.contains(word) && !CONDITIONAL.contains(word)) {
            cursor.warn(first, "expected a statement");
        }
        cursor.skipStatement(CONDITIONAL.contains(word) ? this::conditional : token -> {});
    }

    /** Called inside a block that is skipped, whose conditions may hold. */
    private void conditional(ConfToken first) {
        String word = first.text().toLowerCase(Locale.ROOT);
        if (word.equals("send")) {
            sends().conditional();
        } else if (ADJUSTING.contains(word) || word.equals("execute")) {
            cursor.warn(first, "\"" + word + "\" has no effect inside a condition");
        }
    }

    private SendReader sends() {
        return new SendReader(cursor, draft, scope);
    }

    /** Good addresses count even beside a bad one: whoever rejects a server has a reason. */
    private void reject() {
        do {
            ConfToken item = cursor.peek();
            Optional<Prefix> prefix = item.is(Kind.WORD) ? Prefix.parse(item.text()) : Optional.empty();
            if (prefix.isEmpty()) {
                cursor.bad("expected an IPv4 address, or address/length");
                return;
            }
            cursor.take();
            scope.reject(prefix.get());
        } while (cursor.took(Kind.COMMA));
        cursor.semicolon();
    }

    /** A block of another interface is skipped whole, its {@code send} lines too. */
    private void interfaceBlock() {
        Optional<String> name = cursor.string("expected the name of an interface in quotes");
        if (name.isEmpty()) {
            return;
        }
        ConfToken open = cursor.peek();
        if (!cursor.took(Kind.OPEN)) {
            cursor.bad("expected \"{\"");
        } else if (scope == draft.here) {
            cursor.warn(open, "expected no interface inside an interface");
            cursor.skipBlock(token -> {});
        } else if (name.get().equals(draft.interfaceName)) {
            scope = draft.here;
        } else {
            cursor.skipBlock(token -> {});
        }
    }

    private void adjust(Adjustment.Kind kind) {
        ConfToken name = cursor.peek();
        Optional<Definition> option = name.is(Kind.WORD) ? draft.names.find(name.text()) : Optional.empty();
        if (option.isEmpty()) {
            unadjusted(name);
            return;
        }
        cursor.take();
        boolean fixed = Option.byCode(option.get().code())
                .filter(NOT_ADJUSTED::contains)
                .isPresent();
        if (fixed) {
            cursor.warn(name, "an option of the exchange itself is not changed");
        }
        Optional<String> text = OptionValueReader.read(cursor, option.get().shape());
        if (text.isPresent() && !fixed) {
            scope.adjust(new Adjustment(
                    kind, option.get().name(), text.get(), joint(option.get().shape())));
        }
    }

    /** Other spaces are those of DHCPv6, and of options that are not told to scripts one by one. */
    private void unadjusted(ConfToken name) {
        if (name.is(Kind.WORD) && draft.names.isElsewhere(name.text())) {
            cursor.skipStatement();
        } else {
            cursor.bad("expected the name of an option");
        }
    }

    private static Joint joint(OptionShape shape) {
        return shape.isList() ? Joint.LIST : shape.isText() ? Joint.TEXT : Joint.FIRST;
    }

    private void also() {
        if (cursor.took("request")) {
            codes(codes -> scope.request(true, codes));
        } else if (cursor.took("require")) {
            require(true);
        } else {
            cursor.bad("expected \"request\" or \"require\"");
        }
    }

    private void require(boolean also) {
        if (cursor.took("authentication")) {
            cursor.semicolon();
        } else {
            codes(codes -> scope.require(also, codes));
        }
    }

    /** Names of options up to the semicolon; those of other spaces are none of ours. */
    private void codes(Consumer<List<Integer>> taker) {
        List<Integer> codes = new ArrayList<>();
        if (!cursor.at(Kind.SEMICOLON)) {
            do {
                if (!code(codes)) {
                    return;
                }
            } while (cursor.took(Kind.COMMA));
        }
        if (cursor.semicolon()) {
            taker.accept(codes);
        }
    }

    private boolean code(List<Integer> codes) {
        ConfToken name = cursor.peek();
        Optional<Definition> option = name.is(Kind.WORD) ? draft.names.find(name.text()) : Optional.empty();
        if (option.isEmpty() && !(name.is(Kind.WORD) && draft.names.isElsewhere(name.text()))) {
            cursor.bad("expected the name of an option");
            return false;
        }
        cursor.take();
        option.map(Definition::code)
                .filter(code -> codes.size() < MOST_CODES && !codes.contains(code))
                .ifPresent(codes::add);
        return true;
    }

    private SortedMap<String, String> lease() {
        return new FixedLeaseReader(cursor, draft.names).read(draft.interfaceName);
    }

    private void script() {
        ConfToken place = cursor.peek();
        Optional<String> path = cursor.string("expected the path of a script in quotes");
        if (path.isEmpty() || !cursor.semicolon()) {
            return;
        }
        if (path.get().startsWith("/") && path.get().matches("[ -~]{1,1000}")) {
            scope.script = path;
        } else {
            cursor.warn(place, "expected an absolute path");
        }
    }

    private void dates() {
        boolean local = cursor.took("local");
        if (!local && !cursor.took("default")) {
            cursor.bad("expected \"default\" or \"local\"");
        } else if (cursor.semicolon()) {
            draft.epochDates = local;
        }
    }

    private void include() {
        ConfToken place = cursor.peek();
        Optional<String> file = cursor.string("expected the path of a file in quotes");
        if (file.isEmpty() || !cursor.semicolon()) {
            return;
        }
        if (depth == DEEPEST) {
            cursor.warn(place, "more than " + DEEPEST + " files inside each other are not read");
            return;
        }
        draft.text(file.get())
                .ifPresent(text -> new DhclientConfReader(file.get(), text, draft, scope, depth + 1).read());
    }
}
