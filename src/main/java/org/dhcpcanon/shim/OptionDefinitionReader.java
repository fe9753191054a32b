package org.dhcpcanon.shim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.dhcpcanon.lease.Definition;
import org.dhcpcanon.packet.OptionShape;
import org.dhcpcanon.packet.OptionShape.Part;
import org.dhcpcanon.shim.ConfToken.Kind;

/** {@code option NAME code N = TYPE;} and {@code option space NAME;}, from behind the word "option". */
final class OptionDefinitionReader {
    private static final int MOST_PARTS = 16;

    private final ConfCursor cursor;
    private final OptionNames names;

    OptionDefinitionReader(ConfCursor cursor, OptionNames names) {
        this.cursor = cursor;
        this.names = names;
    }

    void read() {
        if (cursor.took("space")) {
            space();
            return;
        }
        ConfToken first = cursor.peek();
        Optional<String> name = cursor.word("expected the name of an option, or \"space\"");
        if (name.isEmpty()) {
            return;
        }
        if (!cursor.took("code")) {
            cursor.bad("expected \"code\"");
            return;
        }
        code(first);
    }

    /** {@code option space NAME [code width N] [length width N] [hash size N];} */
    private void space() {
        cursor.word("expected the name of an option space").ifPresent(name -> {
            names.addSpace(name);
            while (cursor.at(Kind.WORD)) {
                cursor.take();
            }
            cursor.semicolon();
        });
    }

    private void code(ConfToken name) {
        OptionalLong code = Numbers.any(cursor.peek().text(), 0, Numbers.LARGEST_U32);
        if (!cursor.at(Kind.WORD) || code.isEmpty()) {
            cursor.bad("expected the code of an option");
            return;
        }
        cursor.take();
        if (!cursor.at(Kind.OPERATOR) || !cursor.peek().text().equals("=")) {
            cursor.bad("expected \"=\"");
            return;
        }
        cursor.take();
        Optional<OptionShape> shape = shape();
        if (shape.isPresent() && cursor.semicolon()) {
            define(name, code.getAsLong(), shape.get());
        }
    }

    /** One of another space, such as those of DHCPv6, is none of ours. */
    private void define(ConfToken name, long code, OptionShape shape) {
        String text = name.text();
        if (names.isElsewhere(text) || shape.parts().isEmpty()) {
            return;
        }
        if (text.indexOf('.') >= 0) {
            cursor.warn(name, "expected an option space that is defined");
        } else if (code < 1 || code > 254) {
            cursor.warn(name, "an option with a code that is not in 1..254 is not used");
        } else if (!text.matches("[A-Za-z0-9_-]{1,64}") || names.isTaken(text, (int) code)) {
            cursor.warn(name, "expected a name of its own, of letters, digits, hyphens and underscores");
        } else {
            names.define(new Definition((int) code, OptionNames.variable(text), shape));
        }
    }

    /** Empty if there is a mistake, which then has been reported; without parts if it is one that we cannot show. */
    private Optional<OptionShape> shape() {
        boolean array = cursor.took("array");
        if (array && !cursor.took("of")) {
            cursor.bad("expected \"of\"");
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        boolean good = cursor.at(Kind.OPEN) ? record(parts) : type(parts);
        if (good && array && parts.stream().anyMatch(OptionDefinitionReader::isOpenEnded)) {
            cursor.bad("expected an array of something of fixed size");
            return Optional.empty();
        }
        boolean shown =
                parts.stream().limit(Math.max(parts.size() - 1, 0)).noneMatch(OptionDefinitionReader::isOpenEnded);
        return good ? Optional.of(new OptionShape(shown ? parts : List.of(), array)) : Optional.empty();
    }

    private static boolean isOpenEnded(Part part) {
        return part == Part.TEXT || part == Part.BYTES || part == Part.DOMAINS;
    }

    private boolean record(List<Part> parts) {
        cursor.take();
        do {
            if (parts.size() == MOST_PARTS) {
                cursor.bad("expected at most " + MOST_PARTS + " parts");
                return false;
            }
            if (!type(parts)) {
                return false;
            }
        } while (cursor.took(Kind.COMMA));
        if (!cursor.took(Kind.CLOSE)) {
            cursor.bad("expected \",\" or \"}\"");
            return false;
        }
        return true;
    }

    private boolean type(List<Part> parts) {
        String word = cursor.at(Kind.WORD) ? cursor.peek().text().toLowerCase(Locale.ROOT) : "";
        switch (word) {
            case "boolean" -> parts.add(Part.FLAG);
            case "ip-address" -> parts.add(Part.ADDRESS);
            case "text" -> parts.add(Part.TEXT);
            case "string", "encapsulate", "ip6-address" -> parts.add(Part.BYTES);
            case "domain-name", "domain-list" -> parts.add(Part.DOMAINS);
            case "integer", "signed", "unsigned" -> {
                return integer(parts);
            }
            default -> {
                cursor.bad("expected the type of an option");
                return false;
            }
        }
        cursor.take();
        cursor.took("compressed");
        return !word.equals("encapsulate") || encapsulated();
    }

    private boolean encapsulated() {
        if (!names.isSpace(cursor.peek().text())) {
            cursor.bad("expected an option space that is defined");
            return false;
        }
        cursor.take();
        return true;
    }

    private boolean integer(List<Part> parts) {
        boolean unsigned = cursor.took("unsigned");
        if (!unsigned) {
            cursor.took("signed");
        }
        if (!cursor.took("integer")) {
            cursor.bad("expected \"integer\"");
            return false;
        }
        switch (cursor.peek().text()) {
            case "8" -> parts.add(unsigned ? Part.U8 : Part.S8);
            case "16" -> parts.add(unsigned ? Part.U16 : Part.S16);
            case "32" -> parts.add(unsigned ? Part.U32 : Part.S32);
            default -> {
                cursor.bad("expected 8, 16 or 32");
                return false;
            }
        }
        cursor.take();
        return true;
    }
}
