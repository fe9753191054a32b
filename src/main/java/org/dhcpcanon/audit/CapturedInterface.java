package org.dhcpcanon.audit;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An interface of a pcapng section.
 *
 * @param link empty if it is not understood
 * @param most how many octets of a packet are kept, 0 for all
 * @param resolution if_tsresol: a negative power of 10, or of 2 where the highest bit is set
 * @param offset seconds to be added to each time
 */
record CapturedInterface(Optional<LinkType> link, long most, int resolution, long offset) {
    private static final int MICROSECONDS = 6;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;
    private static final long SECOND = 1_000_000_000L;

    static final CapturedInterface UNKNOWN = new CapturedInterface(Optional.empty(), 0, MICROSECONDS, 0);

    /** @param body where the block's fixed part of eight octets begins; the caller has checked that it is there */
    static CapturedInterface read(ByteBuffer file, Optional<LinkType> link, int body, int end) {
        int resolution = MICROSECONDS;
        long offset = 0;
        int at = body + 8;
        while (end - at >= 4 && file.getShort(at) != 0) {
            int code = file.getShort(at) & 0xffff;
            int length = file.getShort(at + 2) & 0xffff;
            boolean whole = length <= end - at - 4;
            if (whole && code == TIME_RESOLUTION && length == 1) {
                resolution = file.get(at + 4) & 0xff;
            } else if (whole && code == TIME_OFFSET && length == 8) {
                offset = file.getLong(at + 4);
            }
            at += 4 + (length + 3) / 4 * 4;
        }
        return new CapturedInterface(link, file.getInt(body + 4) & 0xffff_ffffL, resolution, offset);
    }

    int limited(long length) {
        return (int) (most == 0 ? length : Math.min(length, most));
    }

    /** Of what no clock shows the result is any number, and nothing is thrown. */
    long nanoseconds(long ticks) {
        int power = resolution & 0x7f;
        long time = resolution > 0x7f ? binary(ticks, power) : decimal(ticks, power);
        return time + offset * SECOND;
    }

    private static long binary(long ticks, int power) {
        if (power > 62) {
            return 0;
        }
        long fraction = ticks & ((1L << power) - 1);
        return (ticks >>> power) * SECOND + (long) ((double) fraction / (1L << power) * SECOND);
    }

    private static long decimal(long ticks, int power) {
        long time = ticks;
        for (int i = power; i < 9; i++) {
            time *= 10;
        }
        for (int i = 9; i < power && time != 0; i++) {
            time = Long.divideUnsigned(time, 10);
        }
        return time;
    }
}
