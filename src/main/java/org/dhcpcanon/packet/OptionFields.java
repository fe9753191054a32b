package org.dhcpcanon.packet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of one message, gathered from up to three fields.
 *
 * <p>The one place that knows about PAD, END and the pieces of a long option: an option that comes again continues the one
 * before, across fields too (RFC 3396 §5, §7). Every step advances by at least one octet and copies each octet a bounded
 * number of times, so that no message takes long.
 */
final class OptionFields {
    private static final int CODES = 256;
    private static final byte[] NOTHING = {};

    private final byte[] message;
    private final List<Integer> order = new ArrayList<>();
    private final byte[][] values = new byte[CODES][];
    private final int[] lengths = new int[CODES];

    OptionFields(byte[] message) {
        this.message = message;
        Arrays.fill(values, NOTHING);
    }

    /** Reads a field up to END, or up to its last octet if the sender forgot END. */
    void read(int from, int to) throws MalformedPacketException {
        int at = from;
        while (at < to && codeAt(at) != Options.END) {
            at = codeAt(at) == Options.PAD ? at + 1 : readOption(at, to);
        }
    }

    private int readOption(int at, int to) throws MalformedPacketException {
        int start = at + 2;
        int end = start > to ? Integer.MAX_VALUE : start + codeAt(at + 1);
        if (end > to) {
            throw new MalformedPacketException(DropReason.BAD_OPTION_LENGTH);
        }
        append(codeAt(at), start, end);
        return end;
    }

    private void append(int code, int start, int end) {
        if (!order.contains(code)) {
            order.add(code);
        }
        int length = lengths[code] + end - start;
        if (values[code].length < length) {
            values[code] = Arrays.copyOf(values[code], Math.max(length, 2 * values[code].length));
        }
        System.arraycopy(message, start, values[code], lengths[code], end - start);
        lengths[code] = length;
    }

    private int codeAt(int at) {
        return message[at] & 0xff;
    }

    /** What was read of an option until now. */
    Optional<Octets> find(Option option) {
        return order.contains(option.code()) ? Optional.of(value(option.code())) : Optional.empty();
    }

    private Octets value(int code) {
        return Octets.copyOf(values[code], 0, lengths[code]);
    }

    Options joined() {
        Map<Integer, Octets> joined = new LinkedHashMap<>();
        order.forEach(code -> joined.put(code, value(code)));
        return Options.of(joined);
    }
}
