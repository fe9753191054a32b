package org.dhcpcanon.unlinkability;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.dhcpcanon.packet.MacAddress;

/**
 * A frame as the network sees it.
 *
 * @param at nanoseconds since the session began
 * @param frame from the Ethernet header on, with an IPv4 header without options
 */
// Never compared, and never changed.
@SuppressWarnings("ArrayRecordComponent")
record Sent(long at, byte[] frame) {
    static final int IP = 14;
    static final int PAYLOAD = IP + 20 + 8;
    static final int XID = PAYLOAD + 4;
    static final int OPTIONS = PAYLOAD + 240;

    int u8(int offset) {
        return frame[offset] & 0xff;
    }

    int u16(int offset) {
        return ByteBuffer.wrap(frame).getShort(offset) & 0xffff;
    }

    int xid() {
        return ByteBuffer.wrap(frame).getInt(XID);
    }

    int type() {
        byte[] value = options().get(53);
        return value == null ? 0 : value[0];
    }

    /** In wire order. */
    Map<Integer, byte[]> options() {
        Map<Integer, byte[]> options = new LinkedHashMap<>();
        int at = OPTIONS;
        while (at < frame.length && u8(at) != 255) {
            int end = at + 2 + u8(at + 1);
            options.put(u8(at), Arrays.copyOfRange(frame, at + 2, end));
            at = end;
        }
        return options;
    }

    /** Without what is legitimately of this session: the hardware address, the xid, what this session's server gave, and the sums. */
    Sent masked(MacAddress hardware, Set<Integer> given) {
        byte[] bytes = frame.clone();
        Arrays.fill(bytes, 0, 6, (byte) 0);
        Arrays.fill(bytes, IP + 10, IP + 12, (byte) 0);
        Arrays.fill(bytes, PAYLOAD - 2, PAYLOAD, (byte) 0);
        Arrays.fill(bytes, XID, XID + 4, (byte) 0);
        erase(bytes, hardware.octets());
        given.forEach(value -> erase(bytes, ByteBuffer.allocate(4).putInt(value).array()));
        return new Sent(at, bytes);
    }

    private static void erase(byte[] bytes, byte[] what) {
        for (int i = 0; i + what.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
                Arrays.fill(bytes, i, i + what.length, (byte) 0xee);
            }
        }
    }
}
