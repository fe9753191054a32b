package org.dhcpcanon.packet;

import java.util.Optional;

/**
 * Domain names one behind the other, in the encoding of RFC 1035 §3.1 with the compression of §4.1.4, as RFC 3397 §2 has it.
 *
 * <p>A compression pointer must go to before the piece that it ends, so that pointers only ever go down and no loop is
 * possible (RFC 9267 §2); names and the whole text are bounded, so that a short value cannot become a long text.
 */
final class DomainNames {
    private static final int POINTER = 0xc0;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_TEXT = 4096;
    private static final int BROKEN = -1;

    private final Octets value;
    private final StringBuilder text = new StringBuilder();

    private DomainNames(Octets value) {
        this.value = value;
    }

    /** The names joined by spaces, each with a dot at its end; empty if any of them is broken or not a host name. */
    static Optional<String> decode(Octets value) {
        DomainNames names = new DomainNames(value);
        return names.readAll() ? Optional.of(names.text.toString()) : Optional.empty();
    }

    private boolean readAll() {
        int at = 0;
        while (at >= 0 && at < value.length()) {
            int textStart = text.length();
            at = readName(at);
            boolean good = OptionText.isName(text.substring(textStart)) && text.length() <= LONGEST_TEXT;
            at = good ? at : BROKEN;
            text.append(at >= 0 && at < value.length() ? " " : "");
        }
        return at == value.length();
    }

    /** Appends one name; gives where the next one starts. */
    private int readName(int start) {
        int textStart = text.length();
        int piece = start;
        int end = readPiece(piece);
        int next = isPointer(end) ? end + 2 : end + 1;
        while (isPointer(end)) {
            int target = targetOf(end);
            if (target < 0 || target >= piece || text.length() - textStart > LONGEST_NAME) {
                return BROKEN;
            }
            piece = target;
            end = readPiece(piece);
        }
        return end < 0 ? BROKEN : next;
    }

    /** Appends labels; gives where the empty label or the pointer is that ends them. */
    private int readPiece(int start) {
        int at = start;
        while (u8(at) > 0 && !isPointer(at)) {
            if (!appendLabel(at, u8(at))) {
                return BROKEN;
            }
            at += 1 + u8(at);
        }
        return u8(at) < 0 ? BROKEN : at;
    }

    private boolean isPointer(int at) {
        return u8(at) >= POINTER;
    }

    private int targetOf(int pointer) {
        return u8(pointer + 1) < 0 ? BROKEN : (u8(pointer) & ~POINTER) << 8 | u8(pointer + 1);
    }

    /** A label with its dot. Lengths of 64..191 are reserved (RFC 1035 §4.1.4). */
    private boolean appendLabel(int at, int length) {
        if (length > LONGEST_LABEL || at + 1 + length > value.length()) {
            return false;
        }
        for (int i = at + 1; i <= at + length; i++) {
            // A dot inside a label would look like two labels; 0 is in no name.
            text.append(value.u8At(i) == '.' ? '\0' : (char) value.u8At(i));
        }
        text.append('.');
        return true;
    }

    private int u8(int at) {
        return at >= 0 && at < value.length() ? value.u8At(at) : BROKEN;
    }
}
