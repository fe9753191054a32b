package org.dhcpcanon.audit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.dhcpcanon.packet.Octets;

/** The classic format of tcpdump, draft-ietf-opsawg-pcap §4 and §5. */
final class PcapReader {
    static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    static final int FILE_HEADER = 24;
    static final int PACKET_HEADER = 16;
    /** Above the link type there may be the length of a checksum. */
    private static final int LINK_TYPE = 0x03ff_ffff;

    private final String source;
    private final ByteBuffer file;
    private final LinkType link;
    private final long unit;
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private PcapReader(String source, ByteBuffer file, LinkType link, long unit) {
        this.source = source;
        this.file = file;
        this.link = link;
        this.unit = unit;
    }

    static Capture read(String source, ByteBuffer file) throws BadCaptureException {
        file.order(orderOf(file));
        long unit = file.getInt(0) == NANOSECONDS ? 1 : 1000;
        int code = file.getInt(20) & LINK_TYPE;
        LinkType link = LinkType.byCode(code)
                .orElseThrow(() -> new BadCaptureException("link type " + code + "; " + LinkType.SUPPORTED));
        return new PcapReader(source, file, link, unit).packets();
    }

    private static ByteOrder orderOf(ByteBuffer file) throws BadCaptureException {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            int magic = file.order(order).getInt(0);
            if (magic == MICROSECONDS || magic == NANOSECONDS) {
                return order;
            }
        }
        throw new BadCaptureException("no capture file: it begins neither as pcap nor as pcapng");
    }

    private Capture packets() {
        int at = FILE_HEADER;
        while (at < file.limit()) {
            int left = file.limit() - at - PACKET_HEADER;
            int length = left < 0 ? 0 : file.getInt(at + 8);
            if (left < 0 || length < 0 || length > left) {
                warnings.add("cut off at offset " + at + ", in packet " + (frames.size() + 1));
                break;
            }
            frames.add(new Frame(source, frames.size() + 1, time(at), link, octets(at + PACKET_HEADER, length)));
            at += PACKET_HEADER + length;
        }
        return new Capture(frames, frames.size(), warnings);
    }

    private long time(int at) {
        return (file.getInt(at) & 0xffff_ffffL) * 1_000_000_000L + (file.getInt(at + 4) & 0xffff_ffffL) * unit;
    }

    private Octets octets(int at, int length) {
        byte[] bytes = new byte[length];
        file.get(at, bytes);
        return Octets.of(bytes);
    }
}
