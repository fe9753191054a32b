package org.dhcpcanon.shim;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.dhcpcanon.packet.Ipv4;
import org.dhcpcanon.packet.Octets;
import org.dhcpcanon.packet.OptionCodec;
import org.dhcpcanon.packet.OptionShape;
import org.dhcpcanon.packet.OptionShape.Part;
import org.dhcpcanon.shim.ConfToken.Kind;

/** The value of an option up to the end of its statement, as octets and then as the text that scripts get. */
final class OptionValueReader {
    /** More than any packet could hold. */
    private static final int LONGEST = 4096;

    private final ConfCursor cursor;
    private Octets value = Octets.EMPTY;

    private OptionValueReader(ConfCursor cursor) {
        this.cursor = cursor;
    }

    /** Empty if there is a mistake, which has been reported; a text of no length for a value of no length. */
    static Optional<String> read(ConfCursor cursor, OptionShape shape) {
        ConfToken first = cursor.peek();
        Optional<Octets> value = octets(cursor, shape);
        Optional<String> text = value.flatMap(OptionCodec.of(shape)::text);
        if (text.isEmpty() && value.filter(octets -> !octets.isEmpty()).isPresent()) {
            cursor.warn(first, "expected a value of the option's type");
            return Optional.empty();
        }
        return value.map(octets -> text.orElse(""));
    }

    /** The same as octets, whatever they mean. */
    static Optional<Octets> octets(ConfCursor cursor, OptionShape shape) {
        OptionValueReader reader = new OptionValueReader(cursor);
        boolean good = reader.isExpression() ? reader.constant(shape) : reader.values(shape);
        return good && cursor.semicolon() ? Optional.of(reader.value) : Optional.empty();
    }

    private boolean isExpression() {
        return cursor.at(Kind.OPERATOR) && cursor.peek().text().equals("=");
    }

    /** Of all expressions the one that needs no evaluation. */
    private boolean constant(OptionShape shape) {
        cursor.take();
        ConfToken first = cursor.peek();
        boolean text = shape.isText() && shape.parts().size() == 1 && cursor.at(Kind.STRING);
        if (text && string() && cursor.at(Kind.SEMICOLON)) {
            return true;
        }
        cursor.warn(first, "an expression is not evaluated");
        cursor.skipStatement();
        return false;
    }

    private boolean values(OptionShape shape) {
        do {
            for (Part part : shape.parts()) {
                if (!part(part)) {
                    return false;
                }
            }
        } while (shape.isList() && cursor.took(Kind.COMMA));
        return true;
    }

    private boolean part(Part part) {
        return switch (part) {
            case ADDRESS -> address();
            case U8 -> number(1, 0, 0xff);
            case U16 -> number(2, 0, 0xffff);
            case U32 -> number(4, 0, Numbers.LARGEST_U32);
            case S8 -> number(1, Byte.MIN_VALUE, 0xff);
            case S16 -> number(2, Short.MIN_VALUE, 0xffff);
            case S32 -> number(4, Integer.MIN_VALUE, Numbers.LARGEST_U32);
            case FLAG -> flag();
            case TEXT -> text();
            case BYTES -> bytes();
            case DOMAINS -> domain();
        };
    }

    private boolean add(Octets more) {
        if (value.length() + more.length() > LONGEST) {
            cursor.bad("expected at most " + LONGEST + " octets");
            return false;
        }
        value = value.plus(more);
        return true;
    }

    private boolean missing(String expected) {
        cursor.bad(expected);
        return false;
    }

    /** A host name is not looked up: that would tell a network of us. */
    private boolean address() {
        Optional<Ipv4> address = cursor.at(Kind.WORD) ? Ipv4.parse(cursor.peek().text()) : Optional.empty();
        if (address.isEmpty()) {
            return missing("expected an IPv4 address");
        }
        cursor.take();
        return add(Octets.of(address.get()));
    }

    private boolean number(int width, long least, long most) {
        boolean negative = cursor.at(Kind.OPERATOR) && cursor.peek().text().equals("-");
        if (negative) {
            cursor.take();
        }
        String digits = cursor.at(Kind.WORD) ? cursor.peek().text() : "";
        var number = Numbers.any((negative ? "-" : "") + digits, least, most);
        if (number.isEmpty()) {
            return missing("expected a number of " + least + " to " + most);
        }
        cursor.take();
        Octets wide = Octets.u32(number.getAsLong());
        return add(wide.slice(4 - width, 4));
    }

    private boolean flag() {
        String word = cursor.at(Kind.WORD) ? cursor.peek().text().toLowerCase(Locale.ROOT) : "";
        boolean on = word.equals("on") || word.equals("true");
        if (!on && !word.equals("off") && !word.equals("false")) {
            return missing("expected on, off, true or false");
        }
        cursor.take();
        return add(Octets.u8(on ? 1 : 0));
    }

    private boolean text() {
        if (cursor.at(Kind.STRING)) {
            return string();
        }
        if (!cursor.at(Kind.WORD) || !cursor.peek().text().matches("[A-Za-z0-9_-]+")) {
            return missing("expected a string");
        }
        return add(utf8(cursor.take().text()));
    }

    private boolean string() {
        return add(utf8(Escapes.resolved(cursor.take().text())));
    }

    private static Octets utf8(String text) {
        return Octets.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean bytes() {
        if (cursor.at(Kind.STRING)) {
            return string();
        }
        String word = cursor.at(Kind.WORD) ? cursor.peek().text() : "";
        Octets octets = Octets.EMPTY;
        for (String pair : word.split(":", -1)) {
            var octet = Numbers.hexadecimal(pair);
            if (octet.isEmpty() || octets.length() > LONGEST) {
                return missing("expected a string, or hexadecimal numbers joined by \":\"");
            }
            octets = octets.plus(Octets.u8((int) octet.getAsLong()));
        }
        cursor.take();
        return add(octets);
    }

    /** RFC 1035 §3.1. */
    private boolean domain() {
        String name = cursor.at(Kind.STRING) ? Escapes.resolved(cursor.peek().text()) : "";
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (bare.length() > 253 || !bare.matches("[!-~&&[^.]]{1,63}(\\.[!-~&&[^.]]{1,63})*")) {
            return missing("expected a domain name in quotes");
        }
        cursor.take();
        Octets octets = Octets.EMPTY;
        for (String label : bare.split("\\.", -1)) {
            octets = octets.plus(Octets.u8(label.length())).plus(utf8(label));
        }
        return add(octets.plus(Octets.u8(0)));
    }
}
