package org.dhcpcanon.packet;

import java.util.Optional;
import java.util.function.Function;

/**
 * How the value of an option becomes text, one for each shape of value. The text is what dhclient gives to its scripts, so
 * that NetworkManager and the scripts of others read it. It is printable ASCII; a value that does not have the shape has none.
 */
public final class OptionCodec {
    static final OptionCodec ADDRESS =
            new OptionCodec(4, always(value -> value.addressAt(0).toString()));
    static final OptionCodec U8 = new OptionCodec(1, always(value -> Integer.toString(value.u8At(0))));
    static final OptionCodec U16 = new OptionCodec(2, always(value -> Integer.toString(value.u16At(0))));
    static final OptionCodec U32 = new OptionCodec(4, always(value -> Long.toString(value.u32At(0))));
    static final OptionCodec S32 = new OptionCodec(4, always(value -> Integer.toString((int) value.u32At(0))));
    static final OptionCodec FLAG = new OptionCodec(1, always(value -> value.u8At(0) == 0 ? "false" : "true"));

    /** Destination descriptors and routers, RFC 3442; as the octets that dhclient shows. Half a list is none. */
    static final OptionCodec ROUTES = rest(value -> isRoutes(value) ? U8.list().text(value) : Optional.empty());

    /** Text with what a shell could take for more than text escaped. */
    static final OptionCodec TEXT = rest(always(OptionText::escaped));
    /** A domain or host name, as text. */
    static final OptionCodec NAME = TEXT.onlyIf(OptionText::isName);
    /** A path, as text. */
    static final OptionCodec PATH = rest(value -> TEXT.form.apply(value).filter(text -> OptionText.isPath(value)));
    /** Text if it looks like it, otherwise hexadecimal. */
    static final OptionCodec BYTES = rest(always(OptionText::textOrHex));
    /** Domain names in the encoding of RFC 1035 §3.1, each ending in a dot. */
    static final OptionCodec DOMAINS = rest(DomainNames::decode);
    /** Domain names to complete other names with: a single label would complete every name that one mistypes. */
    static final OptionCodec SEARCH_LIST = DOMAINS.onlyIf(OptionText::isSearchList);

    private static final int ANY = 0;

    private final int width;
    private final Function<Octets, Optional<String>> form;

    /** A width in octets, or {@link #ANY}. */
    private OptionCodec(int width, Function<Octets, Optional<String>> form) {
        this.width = width;
        this.form = form;
    }

    private static OptionCodec rest(Function<Octets, Optional<String>> form) {
        return new OptionCodec(ANY, form);
    }

    private static Function<Octets, Optional<String>> always(Function<Octets, String> form) {
        return value -> Optional.of(form.apply(value));
    }

    /** Each a prefix length of 0 to 32, as many octets of the destination as that needs, and a router. */
    private static boolean isRoutes(Octets value) {
        int at = 0;
        while (at < value.length() && value.u8At(at) <= 32) {
            at += 1 + (value.u8At(at) + 7) / 8 + 4;
        }
        return at == value.length();
    }

    private OptionCodec onlyIf(Function<String, Boolean> check) {
        return new OptionCodec(width, value -> form.apply(value).filter(check::apply));
    }

    /** One of this fixed width, and the next behind it. */
    OptionCodec then(OptionCodec next) {
        int together = next.width == ANY ? ANY : width + next.width;
        return new OptionCodec(
                together,
                value -> text(value, 0, width)
                        .flatMap(
                                first -> next.text(value, width, value.length()).map(second -> first + " " + second)));
    }

    /** One or more of this fixed width. */
    OptionCodec list() {
        return rest(value -> value.length() % width == 0 ? joined(value) : Optional.empty());
    }

    private Optional<String> joined(Octets value) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < value.length(); at += width) {
            text.append(at == 0 ? "" : " ").append(text(value, at, at + width).orElseThrow());
        }
        return Optional.of(text.toString());
    }

    private Optional<String> text(Octets value, int from, int to) {
        return from <= to && to <= value.length() ? text(value.slice(from, to)) : Optional.empty();
    }

    /** The text of a value; empty if the value is empty, or too short, too long or otherwise malformed for its type. */
    public Optional<String> text(Octets value) {
        boolean fits = width == ANY ? !value.isEmpty() : value.length() == width;
        return fits ? form.apply(value).filter(text -> !text.isEmpty()) : Optional.empty();
    }
}
