package org.dhcpcanon.audit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes what {@link CaptureReader} reads, with microseconds: draft-ietf-opsawg-pcap §4 and §5. */
public final class PcapWriter {
    private static final int VERSION = 2;
    private static final int MINOR = 4;
    private static final int MOST = 0x40000;
    private static final long MICROSECOND = 1000;
    private static final long SECOND = 1_000_000_000L;

    private PcapWriter() {}

    /** What a file of Ethernet frames begins with. */
    public static byte[] head() {
        return ByteBuffer.allocate(PcapReader.FILE_HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(PcapReader.MICROSECONDS)
                .putShort((short) VERSION)
                .putShort((short) MINOR)
                .putLong(0)
                .putInt(MOST)
                .putInt(LinkType.ETHERNET.code())
                .array();
    }

    /** One packet, whose time is one of the wall clock since 1970. */
    public static byte[] packet(Frame frame) {
        int length = frame.bytes().length();
        return ByteBuffer.allocate(PcapReader.PACKET_HEADER + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (frame.at() / SECOND))
                .putInt((int) (frame.at() % SECOND / MICROSECOND))
                .putInt(length)
                .putInt(length)
                .put(frame.bytes().toArray())
                .array();
    }
}
