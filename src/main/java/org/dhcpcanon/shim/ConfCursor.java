package org.dhcpcanon.shim;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.dhcpcanon.shim.ConfToken.Kind;

/**
 * A way through one file: what is expected next, and where to go on after a mistake. No recursion, so that no depth of braces is too
 * deep; a "}" that ends the block around is never taken.
 */
final class ConfCursor {
    private final String file;
    private final ConfTokens tokens;
    private final ConfReport report;
    private boolean quiet;
    private String unsaid = "";

    ConfCursor(String file, String text, ConfReport report) {
        this.file = Shown.of(file);
        this.tokens = new ConfTokens(text);
        this.report = report;
    }

    ConfToken peek() {
        return tokens.peek();
    }

    ConfToken take() {
        return tokens.take();
    }

    boolean at(Kind kind) {
        return tokens.peek().is(kind);
    }

    /** Takes the next token if it is of this kind. */
    boolean took(Kind kind) {
        boolean there = at(kind);
        if (there) {
            take();
        }
        return there;
    }

    /** Takes the next token if it is this word. */
    boolean took(String word) {
        boolean there = peek().isWord(word);
        if (there) {
            take();
        }
        return there;
    }

    /** Says what should be next, and skips to the end of the statement. */
    void bad(String expected) {
        warn(peek(), expected);
        skipStatement();
    }

    /** The end of a statement; another one is skipped. */
    boolean semicolon() {
        if (took(Kind.SEMICOLON)) {
            return true;
        }
        bad("expected \";\"");
        return false;
    }

    Optional<String> word(String expected) {
        return text(Kind.WORD, expected);
    }

    Optional<String> string(String expected) {
        return text(Kind.STRING, expected);
    }

    private Optional<String> text(Kind kind, String expected) {
        if (at(kind)) {
            return Optional.of(take().text());
        }
        bad(expected);
        return Optional.empty();
    }

    /** A whole statement of a number behind its keyword. */
    OptionalLong number(long least, long most, String expected) {
        OptionalLong number = at(Kind.WORD) ? Numbers.decimal(peek().text(), least, most) : OptionalLong.empty();
        if (number.isEmpty()) {
            bad(expected);
            return number;
        }
        take();
        return semicolon() ? number : OptionalLong.empty();
    }

    /** To behind the next ";" or block; to before a "}" that ends the block around. */
    void skipStatement() {
        skipStatement(token -> {});
    }

    /** The same, showing the beginning of each statement in the block. */
    void skipStatement(Consumer<ConfToken> inside) {
        while (!at(Kind.END) && !at(Kind.CLOSE)) {
            ConfToken token = take();
            if (token.is(Kind.OPEN)) {
                skipBlock(inside);
                return;
            }
            if (token.is(Kind.SEMICOLON)) {
                return;
            }
        }
    }

    /** To behind the "}" that belongs to a "{" which has been taken. */
    void skipBlock(Consumer<ConfToken> inside) {
        boolean statementStarts = true;
        for (int depth = 1; depth > 0 && !at(Kind.END); ) {
            ConfToken token = take();
            if (statementStarts && token.is(Kind.WORD)) {
                inside.accept(token);
            }
            depth += token.is(Kind.OPEN) ? 1 : token.is(Kind.CLOSE) ? -1 : 0;
            statementStarts = token.is(Kind.OPEN) || token.is(Kind.CLOSE) || token.is(Kind.SEMICOLON);
        }
    }

    void warn(ConfToken token, String text) {
        if (quiet) {
            unsaid = unsaid.isEmpty() ? text : unsaid;
            return;
        }
        report.warn(place(token) + " column " + token.column() + ": " + text + ", found " + token.shown());
    }

    /** Reads something that nobody is told about if it is wrong; gives what would have been said first, or an empty text. */
    String quietly(Runnable reading) {
        quiet = true;
        unsaid = "";
        reading.run();
        quiet = false;
        return unsaid;
    }

    /** Gives the whole entry. */
    String suppress(String what, ConfToken token) {
        String entry = what + " from " + place(token);
        report.suppress(entry);
        return entry;
    }

    private String place(ConfToken token) {
        return file + " line " + token.line();
    }

    /** To be called at the end of the file. */
    void warnOfOpenString() {
        if (tokens.hadOpenString()) {
            warn(peek(), "a string is not closed; expected '\"'");
        }
    }
}
