package org.dhcpcanon.audit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes captures in the formats that there are. */
final class CaptureFiles {
    private static final int ROOM = 1 << 16;

    private CaptureFiles() {}

    static byte[] pcap(List<Frame> frames, ByteOrder order, boolean nanoseconds, int link) {
        ByteBuffer file = ByteBuffer.allocate(ROOM).order(order);
        file.putInt(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        file.putInt(0).putInt(0).putInt(262_144).putInt(link);
        for (Frame frame : frames) {
            long fraction = frame.at() % 1_000_000_000L;
            file.putInt((int) (frame.at() / 1_000_000_000L)).putInt((int) (nanoseconds ? fraction : fraction / 1000));
            file.putInt(frame.bytes().length())
                    .putInt(frame.bytes().length())
                    .put(frame.bytes().toArray());
        }
        return written(file);
    }

    static byte[] pcap(List<Frame> frames) {
        return pcap(frames, ByteOrder.LITTLE_ENDIAN, false, 1);
    }

    /** Each packet in the other kind of block than the one before; the second interface, in nanoseconds, has them all. */
    static byte[] pcapng(List<Frame> frames, ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(ROOM).order(order);
        block(
                file,
                0x0a0d0d0a,
                buffer(order, 16)
                        .putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1));
        block(
                file,
                1,
                buffer(order, 8).putShort((short) 127).putShort((short) 0).putInt(0));
        ByteBuffer nanoseconds =
                buffer(order, 20).putShort((short) 1).putShort((short) 0).putInt(0);
        nanoseconds
                .putShort((short) 9)
                .putShort((short) 1)
                .put((byte) 9)
                .put(new byte[3])
                .putInt(0);
        block(file, 1, nanoseconds);
        block(file, 5, buffer(order, 4).putInt(0));
        for (Frame frame : frames) {
            boolean obsolete = frame.number() % 2 == 0;
            ByteBuffer body = buffer(order, 20 + frame.bytes().length());
            if (obsolete) {
                body.putShort((short) 1).putShort((short) 0);
            } else {
                body.putInt(1);
            }
            body.putInt((int) (frame.at() >>> 32)).putInt((int) frame.at());
            body.putInt(frame.bytes().length())
                    .putInt(frame.bytes().length())
                    .put(frame.bytes().toArray());
            block(file, obsolete ? 2 : 6, body);
        }
        return written(file);
    }

    static ByteBuffer buffer(ByteOrder order, int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    static void block(ByteBuffer file, int type, ByteBuffer body) {
        int padded = (body.capacity() + 3) / 4 * 4;
        file.putInt(type)
                .putInt(12 + padded)
                .put(octets(body, body.capacity()))
                .put(new byte[padded - body.capacity()]);
        file.putInt(12 + padded);
    }

    static byte[] written(ByteBuffer file) {
        return octets(file, file.position());
    }

    private static byte[] octets(ByteBuffer buffer, int length) {
        byte[] octets = new byte[length];
        buffer.get(0, octets);
        return octets;
    }
}
