package org.dhcpcanon.audit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dhcpcanon.packet.Octets;

/** The format of Wireshark, draft-ietf-opsawg-pcapng: sections of blocks, each of which says its own length. */
final class PcapngReader {
    /** Reads the same in both orders of octets. */
    static final int SECTION = 0x0a0d0d0a;

    private static final int ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BLOCK_HEADER = 8;
    private static final int SMALLEST_BLOCK = 12;

    private final String source;
    private final ByteBuffer file;
    private final List<CapturedInterface> interfaces = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    /** One entry for each packet, understood or not. */
    private final List<Integer> packets = new ArrayList<>();

    private final List<String> warnings = new ArrayList<>();

    PcapngReader(String source, ByteBuffer file) {
        this.source = source;
        this.file = file;
    }

    Capture read() throws BadCaptureException {
        int at = 0;
        while (at < file.limit()) {
            int length = blockLength(at);
            if (length == 0) {
                warnings.add("cut off or broken at offset " + at + ", after packet " + packets.size());
                break;
            }
            block(at, at + length - 4);
            at += length;
        }
        if (frames.isEmpty() && !warnings.isEmpty()) {
            throw new BadCaptureException(String.join("; ", warnings));
        }
        return new Capture(frames, packets.size(), warnings);
    }

    /** Zero if there is no whole block. The order of octets of a section must be known before its length can be read. */
    private int blockLength(int at) {
        if (file.limit() - at < SMALLEST_BLOCK || (file.getInt(at) == SECTION && !section(at))) {
            return 0;
        }
        int length = file.getInt(at + 4);
        boolean whole = length >= SMALLEST_BLOCK && length <= file.limit() - at && length % 4 == 0;
        return whole ? length : 0;
    }

    private boolean section(int at) {
        interfaces.clear();
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            if (file.order(order).getInt(at + BLOCK_HEADER) == ORDER_MAGIC) {
                return true;
            }
        }
        return false;
    }

    private void block(int at, int end) {
        int body = at + BLOCK_HEADER;
        switch (file.getInt(at)) {
            case INTERFACE -> addInterface(body, end);
            case ENHANCED_PACKET -> packet(body, end, false);
            case OBSOLETE_PACKET -> packet(body, end, true);
            case SIMPLE_PACKET -> simple(body, end);
            default -> {} // names, statistics, comments
        }
    }

    private void addInterface(int body, int end) {
        if (end - body < 8) {
            warnings.add("a broken interface at offset " + body);
            interfaces.add(CapturedInterface.UNKNOWN);
            return;
        }
        int code = file.getShort(body) & 0xffff;
        Optional<LinkType> link = LinkType.byCode(code);
        if (link.isEmpty()) {
            warnings.add("interface " + interfaces.size() + " has link type " + code + "; " + LinkType.SUPPORTED);
        }
        interfaces.add(CapturedInterface.read(file, link, body, end));
    }

    /** Both kinds have the length of what was captured at the same place, and the bytes behind it. */
    private void packet(int body, int end, boolean obsolete) {
        packets.add(body);
        if (end - body < 20) {
            warnings.add("a broken packet at offset " + body);
            return;
        }
        int index = obsolete ? file.getShort(body) & 0xffff : file.getInt(body);
        long ticks = (long) file.getInt(body + 4) << 32 | (file.getInt(body + 8) & 0xffff_ffffL);
        add(index, ticks, body + 20, file.getInt(body + 12), end);
    }

    /** It has no time: that of the packet before it, so that the order holds. */
    private void simple(int body, int end) {
        packets.add(body);
        if (end - body < 4 || interfaces.isEmpty()) {
            warnings.add("a broken packet at offset " + body);
            return;
        }
        int length = interfaces.get(0).limited(Math.min(file.getInt(body) & 0xffff_ffffL, end - body - 4));
        long time = frames.isEmpty() ? 0 : frames.get(frames.size() - 1).at();
        interfaces.get(0).link().ifPresent(link -> frames.add(frame(link, time, body + 4, length)));
    }

    private void add(int index, long ticks, int from, int length, int end) {
        boolean known = index >= 0 && index < interfaces.size();
        if (!known || length < 0 || length > end - from) {
            warnings.add("a broken packet at offset " + from + ": "
                    + (known ? "its length is " + (length & 0xffff_ffffL) : "no such interface"));
            return;
        }
        CapturedInterface receiver = interfaces.get(index);
        receiver.link().ifPresent(link -> frames.add(frame(link, receiver.nanoseconds(ticks), from, length)));
    }

    private Frame frame(LinkType link, long time, int from, int length) {
        byte[] bytes = new byte[length];
        file.get(from, bytes);
        return new Frame(source, packets.size(), time, link, Octets.of(bytes));
    }
}
