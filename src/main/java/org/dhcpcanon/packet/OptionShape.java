package org.dhcpcanon.packet;

import java.util.ArrayList;
import java.util.List;

/**
 * What the value of an option is made of, as far as somebody must know who writes one by hand.
 *
 * @param parts in their order
 * @param repeated whether all of them may come again and again
 */
public record OptionShape(List<Part> parts, boolean repeated) {
    /** A piece of a value. */
    public enum Part {
        ADDRESS,
        U8,
        U16,
        U32,
        S8,
        S16,
        S32,
        FLAG,
        /** To the end of the value, as all that follow here. */
        TEXT,
        BYTES,
        DOMAINS
    }

    public OptionShape {
        parts = List.copyOf(parts);
    }

    static OptionShape of(Part part) {
        return new OptionShape(List.of(part), false);
    }

    OptionShape then(OptionShape next) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(next.parts);
        return new OptionShape(all, next.repeated);
    }

    OptionShape list() {
        return new OptionShape(parts, true);
    }

    /** Whether values can be put one behind the other, and the text of the whole is that of the two with a blank between. */
    public boolean isList() {
        return repeated || last() == Part.DOMAINS;
    }

    /** Whether a value ends where its octets end, so that any text lengthens it. */
    public boolean isText() {
        return last() == Part.TEXT || last() == Part.BYTES;
    }

    private Part last() {
        return parts.get(parts.size() - 1);
    }
}
