package org.dhcpcanon.shim;

import org.dhcpcanon.shim.ConfToken.Kind;

/** Cuts dhclient.conf into tokens, one ahead. Takes any text, in time proportional to its length. */
final class ConfTokens {
    private static final String OPERATORS = "=()<>!&|+-*/^~[]?:";
    /** In a word these belong to it: {@code 10.0.0.0/8}, {@code 01:02:aa}, {@code host-name}, {@code {yes}}. */
    private static final String ENDS_WORD = " \t\r\n\f\u000b\";,{}#=()<>!&|";

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;
    /** Set by the first string without end. Strings then end with their line, so that no tail is read twice. */
    private boolean stringsEndWithLine;

    private ConfToken next;

    ConfTokens(String text) {
        this.text = text;
        next = read();
    }

    /** The next token, which stays the next one. */
    ConfToken peek() {
        return next;
    }

    /** The next token; at the end, {@code END} again and again. */
    ConfToken take() {
        ConfToken taken = next;
        next = read();
        return taken;
    }

    /** Whether a string was not closed before the end of the text. */
    boolean hadOpenString() {
        return stringsEndWithLine;
    }

    private ConfToken read() {
        skipBlanks();
        int column = at - lineStart + 1;
        if (at == text.length()) {
            return new ConfToken(Kind.END, "", line, column);
        }
        int startLine = line;
        char first = text.charAt(at);
        if (first == '"') {
            return new ConfToken(Kind.STRING, string(), startLine, column);
        }
        Kind kind = kindOf(first);
        return new ConfToken(kind, kind == Kind.WORD ? word() : String.valueOf(text.charAt(at++)), startLine, column);
    }

    private static Kind kindOf(char first) {
        return switch (first) {
            case ';' -> Kind.SEMICOLON;
            case ',' -> Kind.COMMA;
            case '{' -> Kind.OPEN;
            case '}' -> Kind.CLOSE;
            default -> OPERATORS.indexOf(first) >= 0 ? Kind.OPERATOR : Kind.WORD;
        };
    }

    private void skipBlanks() {
        boolean comment = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                comment = false;
                newLine(at + 1);
            } else if (c == '#') {
                comment = true;
            } else if (!comment && " \t\r\f\u000b".indexOf(c) < 0) {
                return;
            }
        }
    }

    private void newLine(int start) {
        line++;
        lineStart = start;
    }

    private String word() {
        int start = at;
        while (at < text.length() && ENDS_WORD.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String string() {
        int start = at + 1;
        int end = stringsEndWithLine ? endOfLine(start) : closingQuote(start);
        if (end < 0) {
            stringsEndWithLine = true;
            end = endOfLine(start);
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == '\n') {
                newLine(i + 1);
            }
        }
        at = end < text.length() && text.charAt(end) == '"' ? end + 1 : end;
        return text.substring(start, end);
    }

    private int closingQuote(int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }

    private int endOfLine(int start) {
        int i = start;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '"') {
            i++;
        }
        return i;
    }
}
