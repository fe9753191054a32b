package org.dhcpcanon.shim;

/**
 * A token of dhclient.conf.
 *
 * @param text without quotes, if it is a string
 * @param line counts from 1, as the column
 */
record ConfToken(Kind kind, String text, int line, int column) {
    /** What a token is. */
    enum Kind {
        WORD("a word"),
        STRING("a string"),
        COMMA("\",\""),
        SEMICOLON("\";\""),
        OPEN("\"{\""),
        CLOSE("\"}\""),
        /** The rest of the language of expressions, which we only skip. */
        OPERATOR("an operator"),
        END("the end of the file");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }

        String shown() {
            return shown;
        }
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    String shown() {
        return switch (kind) {
            case WORD, STRING, OPERATOR -> "\"" + Shown.of(text) + "\"";
            case COMMA, SEMICOLON, OPEN, CLOSE, END -> kind.shown();
        };
    }
}
