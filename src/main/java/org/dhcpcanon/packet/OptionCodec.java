package org.dhcpcanon.packet;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.dhcpcanon.packet.OptionShape.Part;

/**
 * How the value of an option becomes text, one for each shape of value. The text is what dhclient gives to its scripts, so
 * that NetworkManager and the scripts of others read it, or what it writes into its lease file. It is printable ASCII; a value that
 * does not have the shape has none.
 */
public final class OptionCodec {
    /** Where the text goes. */
    enum Notation {
        VARIABLE,
        FILE;

        private String separator() {
            return this == FILE ? "," : " ";
        }

        /** Readers of lease files split at semicolons, whatever stands around them; the octal form is one that dhclient reads. */
        private String quoted(String text) {
            return this == FILE ? "\"" + text.replace(";", "\\073") + "\"" : text;
        }

        private String names(String list) {
            return this == FILE ? "\"" + list.replace(" ", "\", \"") + "\"" : list;
        }
    }

    static final OptionCodec ADDRESS =
            new OptionCodec(4, Part.ADDRESS, always(value -> value.addressAt(0).toString()));
    static final OptionCodec U8 = new OptionCodec(1, Part.U8, always(value -> Integer.toString(value.u8At(0))));
    static final OptionCodec U16 = new OptionCodec(2, Part.U16, always(value -> Integer.toString(value.u16At(0))));
    static final OptionCodec U32 = new OptionCodec(4, Part.U32, always(value -> Long.toString(value.u32At(0))));
    static final OptionCodec S32 =
            new OptionCodec(4, Part.S32, always(value -> Integer.toString((int) value.u32At(0))));
    /** No option of the table is so; an administrator may define one. */
    static final OptionCodec S8 = new OptionCodec(1, Part.S8, always(value -> Byte.toString((byte) value.u8At(0))));

    static final OptionCodec S16 =
            new OptionCodec(2, Part.S16, always(value -> Short.toString((short) value.u16At(0))));
    static final OptionCodec FLAG =
            new OptionCodec(1, Part.FLAG, always(value -> value.u8At(0) == 0 ? "false" : "true"));

    /** Destination descriptors and routers, RFC 3442; as the octets that dhclient shows. Half a list is none. */
    static final OptionCodec ROUTES = U8.list().onlyIfOctets(OptionCodec::isRoutes);

    /** Text with what a shell could take for more than text escaped. */
    static final OptionCodec TEXT =
            rest(Part.TEXT, (value, notation) -> Optional.of(notation.quoted(OptionText.escaped(value))));
    /** A domain or host name, as text. */
    static final OptionCodec NAME = TEXT.onlyIf(OptionText::isName);
    /** A path, as text. */
    static final OptionCodec PATH = TEXT.onlyIfOctets(OptionText::isPath);
    /** Text if it looks like it, otherwise hexadecimal. */
    static final OptionCodec BYTES = rest(
            Part.BYTES,
            (value, notation) -> Optional.of(
                    OptionText.isText(value) ? notation.quoted(OptionText.escaped(value)) : OptionText.hex(value)));
    /** Domain names in the encoding of RFC 1035 §3.1, each ending in a dot. */
    static final OptionCodec DOMAINS =
            rest(Part.DOMAINS, (value, notation) -> DomainNames.decode(value).map(notation::names));
    /** Domain names to complete other names with: a single label would complete every name that one mistypes. */
    static final OptionCodec SEARCH_LIST = DOMAINS.onlyIf(OptionText::isSearchList);

    private static final int ANY = 0;

    private final int width;
    private final OptionShape shape;
    private final BiFunction<Octets, Notation, Optional<String>> form;

    /** A width in octets, or {@link #ANY}. */
    private OptionCodec(int width, OptionShape shape, BiFunction<Octets, Notation, Optional<String>> form) {
        this.width = width;
        this.shape = shape;
        this.form = form;
    }

    private OptionCodec(int width, Part part, BiFunction<Octets, Notation, Optional<String>> form) {
        this(width, OptionShape.of(part), form);
    }

    private static OptionCodec rest(Part part, BiFunction<Octets, Notation, Optional<String>> form) {
        return new OptionCodec(ANY, part, form);
    }

    /** One for a shape that is in no table. */
    public static OptionCodec of(OptionShape shape) {
        OptionCodec codec = of(shape.parts().get(shape.parts().size() - 1));
        for (int i = shape.parts().size() - 2; i >= 0; i--) {
            codec = of(shape.parts().get(i)).then(codec);
        }
        return shape.repeated() && codec.width != ANY ? codec.list() : codec;
    }

    private static OptionCodec of(Part part) {
        return switch (part) {
            case ADDRESS -> ADDRESS;
            case U8 -> U8;
            case U16 -> U16;
            case U32 -> U32;
            case S8 -> S8;
            case S16 -> S16;
            case S32 -> S32;
            case FLAG -> FLAG;
            case TEXT -> TEXT;
            case BYTES -> BYTES;
            case DOMAINS -> DOMAINS;
        };
    }

    /** What a value is made of. */
    public OptionShape shape() {
        return shape;
    }

    private static BiFunction<Octets, Notation, Optional<String>> always(Function<Octets, String> form) {
        return (value, notation) -> Optional.of(form.apply(value));
    }

    /** Each a prefix length of 0 to 32, as many octets of the destination as that needs, and a router. */
    private static boolean isRoutes(Octets value) {
        int at = 0;
        while (at < value.length() && value.u8At(at) <= 32) {
            at += 1 + (value.u8At(at) + 7) / 8 + 4;
        }
        return at == value.length();
    }

    private OptionCodec onlyIf(Predicate<String> check) {
        return onlyIfOctets(
                value -> form.apply(value, Notation.VARIABLE).filter(check).isPresent());
    }

    private OptionCodec onlyIfOctets(Predicate<Octets> check) {
        return new OptionCodec(
                width, shape, (value, notation) -> check.test(value) ? form.apply(value, notation) : Optional.empty());
    }

    /** One of this fixed width, and the next behind it. */
    OptionCodec then(OptionCodec next) {
        int together = next.width == ANY ? ANY : width + next.width;
        return new OptionCodec(
                together,
                shape.then(next.shape),
                (value, notation) -> text(value, 0, width, notation)
                        .flatMap(first -> next.text(value, width, value.length(), notation)
                                .map(second -> first + " " + second)));
    }

    /** One or more of this fixed width. */
    OptionCodec list() {
        return new OptionCodec(
                ANY,
                shape.list(),
                (value, notation) ->
                        value.length() % width == 0 ? Optional.of(joined(value, notation)) : Optional.empty());
    }

    private String joined(Octets value, Notation notation) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < value.length(); at += width) {
            text.append(at == 0 ? "" : notation.separator())
                    .append(text(value, at, at + width, notation).orElseThrow());
        }
        return text.toString();
    }

    private Optional<String> text(Octets value, int from, int to, Notation notation) {
        return from <= to && to <= value.length() ? text(value.slice(from, to), notation) : Optional.empty();
    }

    /** The text of a value; empty if the value is empty, or too short, too long or otherwise malformed for its type. */
    public Optional<String> text(Octets value) {
        return text(value, Notation.VARIABLE);
    }

    /** The same for a lease file; empty for the same values. */
    public Optional<String> fileText(Octets value) {
        return text(value).flatMap(text -> text(value, Notation.FILE));
    }

    private Optional<String> text(Octets value, Notation notation) {
        boolean fits = width == ANY ? !value.isEmpty() : value.length() == width;
        return fits ? form.apply(value, notation).filter(text -> !text.isEmpty()) : Optional.empty();
    }
}
