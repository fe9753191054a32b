package org.dhcpcanon.unlinkability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A session as numbers, always as many of them. In this order:
 *
 * <ul>
 *   <li>for each of the first eight frames: type, length, gap to the one before in seconds, seconds since the last reply, secs, flags, TOS, IP identification,
 *       fragment field, TTL, ports, the places of options 50, 54, 55 and 61 and, in option 55, of 1, 3, 6 and 121;
 *   <li>for each of the first four transactions: halves, top four bits, lowest bits and parity of the xid and its difference to the
 *       one before;
 *   <li>where on the cycle of {@code java.util.Random} the first two xids are, see {@link RandomCycle};
 *   <li>for the first DISCOVER and the first REQUEST: every octet before the options, a hash of each option, and sums over every 16th
 *       octet, all after masking;
 *   <li>how many probes and announcements there are by ARP; for each of the first twelve: whether it is a probe, gap to the one before
 *       in seconds, seconds since the last reply; for the first of both kinds: every octet after masking, and the sum of what follows.
 * </ul>
 *
 * What is not there is -1.
 */
final class Traits {
    private static final int FRAMES = 8;
    private static final int TRANSACTIONS = 4;
    private static final int STRIPES = 16;
    private static final int CODES = 256;
    private static final int ARPS = 12;

    private final List<Double> values = new ArrayList<>();

    private Traits() {}

    static double[] of(Recording recording) {
        Traits traits = new Traits();
        List<Sent> masked = recording.messages();
        for (int i = 0; i < FRAMES; i++) {
            traits.addFrame(masked, i);
        }
        List<Integer> xids = recording.sent().stream()
                .filter(frame -> !frame.isArp())
                .map(Sent::xid)
                .distinct()
                .toList();
        traits.addXids(xids);
        traits.add(xids.size() < 2 ? -1 : RandomCycle.place(xids.get(0), xids.get(1)));
        traits.addContent(masked, 1);
        traits.addContent(masked, 3);
        traits.addArps(recording.arps());
        return traits.values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void add(double... more) {
        Arrays.stream(more).forEach(values::add);
    }

    private void addFrame(List<Sent> frames, int index) {
        if (index >= frames.size()) {
            addNothing(20);
            return;
        }
        Sent frame = frames.get(index);
        add(frame.type(), frame.frame().length);
        add(index == 0 ? -1 : (frame.at() - frames.get(index - 1).at()) / 1e9);
        add(frame.latency() / 1e9);
        add(frame.u16(Sent.PAYLOAD + 8), frame.u16(Sent.PAYLOAD + 10));
        add(frame.u8(Sent.IP + 1), frame.u16(Sent.IP + 4), frame.u16(Sent.IP + 6), frame.u8(Sent.IP + 8));
        add(frame.u16(Sent.IP + 20), frame.u16(Sent.IP + 22));
        List<Integer> order = List.copyOf(frame.options().keySet());
        List.of(50, 54, 55, 61).forEach(code -> add(order.indexOf(code)));
        List<Integer> list = new ArrayList<>();
        for (byte code : frame.options().getOrDefault(55, new byte[0])) {
            list.add(code & 0xff);
        }
        List.of(1, 3, 6, 121).forEach(code -> add(list.indexOf(code)));
    }

    private void addNothing(int count) {
        for (int i = 0; i < count; i++) {
            add(-1);
        }
    }

    private void addXids(List<Integer> xids) {
        for (int i = 0; i < TRANSACTIONS; i++) {
            if (i >= xids.size()) {
                addNothing(6);
                continue;
            }
            int xid = xids.get(i);
            add(xid >>> 16, xid & 0xffff, xid >>> 28, xid & 0xf, Integer.bitCount(xid) & 1);
            add(i == 0 ? -1 : (double) xid - xids.get(i - 1));
        }
    }

    private void addContent(List<Sent> frames, int type) {
        Sent frame = frames.stream()
                .filter(candidate -> candidate.type() == type)
                .findFirst()
                .orElse(null);
        if (frame == null) {
            addNothing(Sent.OPTIONS + CODES + STRIPES);
            return;
        }
        for (int i = 0; i < Sent.OPTIONS; i++) {
            add(frame.u8(i));
        }
        Map<Integer, byte[]> options = frame.options();
        for (int code = 0; code < CODES; code++) {
            byte[] value = options.get(code);
            add(value == null ? -1 : hash(value));
        }
        addStripes(frame);
    }

    private void addStripes(Sent frame) {
        double[] sums = new double[STRIPES];
        for (int i = Sent.OPTIONS; i < frame.frame().length; i++) {
            sums[i % STRIPES] += frame.u8(i);
        }
        add(sums);
    }

    private void addArps(List<Sent> frames) {
        for (int i = 0; i < ARPS; i++) {
            if (i >= frames.size()) {
                addNothing(3);
                continue;
            }
            Sent frame = frames.get(i);
            add(frame.kind().equals("PROBE") ? 1 : 0);
            add(i == 0 ? -1 : (frame.at() - frames.get(i - 1).at()) / 1e9, frame.latency() / 1e9);
        }
        for (String kind : List.of("PROBE", "ANNOUNCEMENT")) {
            addArps(frames.stream().filter(frame -> frame.kind().equals(kind)).toList(), Sent.ARP + 28);
        }
    }

    /** Of one kind. */
    private void addArps(List<Sent> frames, int length) {
        add(frames.size());
        if (frames.isEmpty()) {
            addNothing(length + 1);
            return;
        }
        Sent first = frames.get(0);
        for (int i = 0; i < length; i++) {
            add(first.u8(i));
        }
        add(IntStream.range(length, first.frame().length).map(first::u8).sum());
    }

    private static double hash(byte[] value) {
        return (Arrays.hashCode(value) * 0x9e37_79b9) >>> 8;
    }
}
