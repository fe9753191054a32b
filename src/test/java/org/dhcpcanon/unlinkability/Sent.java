package org.dhcpcanon.unlinkability;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dhcpcanon.packet.MacAddress;

/**
 * A frame as the network sees it: a DHCP message or an ARP packet.
 *
 * @param at nanoseconds since the session began
 * @param latency nanoseconds since the network has last answered; -1 if it has not yet
 * @param frame from the Ethernet header on; an IPv4 header is without options
 */
// Never compared, and never changed.
@SuppressWarnings("ArrayRecordComponent")
record Sent(long at, long latency, byte[] frame) {
    static final int IP = 14;
    static final int ARP = IP;
    static final int PAYLOAD = IP + 20 + 8;
    static final int XID = PAYLOAD + 4;
    static final int OPTIONS = PAYLOAD + 240;

    private static final HexFormat HEXADECIMAL = HexFormat.of();
    /** First octet, and the one after the last. */
    private static final Map<String, int[]> HEADER = Map.ofEntries(
            Map.entry("Ethernet", new int[] {0, IP}),
            Map.entry("version and TOS", new int[] {IP, IP + 2}),
            Map.entry("IP length", new int[] {IP + 2, IP + 4}),
            Map.entry("fragment", new int[] {IP + 6, IP + 8}),
            Map.entry("TTL and protocol", new int[] {IP + 8, IP + 10}),
            Map.entry("IP addresses", new int[] {IP + 12, IP + 20}),
            Map.entry("ports", new int[] {IP + 20, IP + 24}),
            Map.entry("UDP length", new int[] {IP + 24, IP + 26}),
            Map.entry("op to hops", new int[] {PAYLOAD, XID}),
            Map.entry("flags", new int[] {PAYLOAD + 10, PAYLOAD + 12}),
            Map.entry("ciaddr", new int[] {PAYLOAD + 12, PAYLOAD + 16}),
            Map.entry("other addresses", new int[] {PAYLOAD + 16, PAYLOAD + 28}),
            Map.entry("chaddr", new int[] {PAYLOAD + 28, PAYLOAD + 44}),
            Map.entry("sname", new int[] {PAYLOAD + 44, PAYLOAD + 108}),
            Map.entry("file", new int[] {PAYLOAD + 108, PAYLOAD + 236}),
            Map.entry("cookie", new int[] {PAYLOAD + 236, OPTIONS}));

    private static final Map<String, int[]> ARP_FIELDS = Map.of(
            "Ethernet", new int[] {0, ARP},
            "hrd to op", new int[] {ARP, ARP + 8},
            "sender", new int[] {ARP + 8, ARP + 14},
            "sender address", new int[] {ARP + 14, ARP + 18},
            "target", new int[] {ARP + 18, ARP + 24},
            "target address", new int[] {ARP + 24, ARP + 28});

    boolean isArp() {
        return u16(12) == 0x0806;
    }

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

    /**
     * Everything in it by name, in hexadecimal, but for the sums, the xid, secs, and the IP identification, which is zero or counts from
     * a random start.
     */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("length", Integer.toString(frame.length));
        if (isArp()) {
            ARP_FIELDS.forEach((name, range) -> fields.put(name, hexadecimal(range[0], range[1])));
            fields.put("rest", hexadecimal(ARP + 28, frame.length));
            return fields;
        }
        HEADER.forEach((name, range) -> fields.put(name, hexadecimal(range[0], range[1])));
        options().forEach((code, value) -> fields.put("option " + code, HEXADECIMAL.formatHex(value)));
        fields.put("order", options().keySet().toString());
        fields.put("rest", hexadecimal(end(), frame.length));
        return fields;
    }

    /** The message and the state that it is sent in. */
    String kind() {
        if (isArp()) {
            return ByteBuffer.wrap(frame).getInt(ARP + 14) == 0 ? "PROBE" : "ANNOUNCEMENT";
        } else if (type() == 1) {
            return "DISCOVER";
        } else if (type() != 3) {
            return "type " + type();
        } else if (ByteBuffer.wrap(frame).getInt(PAYLOAD + 12) == 0) {
            return "SELECT";
        }
        return ByteBuffer.wrap(frame).getInt(IP + 16) == -1 ? "REBIND" : "RENEW";
    }

    /** {@link #fields} without the random orders, and with the identification. */
    String template() {
        Map<String, String> fields = new TreeMap<>(fields());
        if (isArp()) {
            return fields.toString();
        }
        fields.put("order", new TreeSet<>(options().keySet()).toString());
        byte[] list = options().getOrDefault(55, new byte[0]);
        Arrays.sort(list);
        fields.put("option 55", HEXADECIMAL.formatHex(list));
        fields.put("identification", Integer.toString(u16(IP + 4)));
        return fields.toString();
    }

    private String hexadecimal(int from, int to) {
        return HEXADECIMAL.formatHex(frame, from, to);
    }

    /** Where the octet that ends the options is. */
    private int end() {
        return OPTIONS
                + options().values().stream()
                        .mapToInt(value -> value.length + 2)
                        .sum();
    }

    /** Without what is legitimately of this session: the hardware address, the xid, what this session's server gave, and the sums. */
    Sent masked(MacAddress hardware, Set<Integer> given) {
        byte[] bytes = frame.clone();
        Arrays.fill(bytes, 0, 6, (byte) 0);
        if (!isArp()) {
            Arrays.fill(bytes, IP + 10, IP + 12, (byte) 0);
            Arrays.fill(bytes, PAYLOAD - 2, PAYLOAD, (byte) 0);
            Arrays.fill(bytes, XID, XID + 4, (byte) 0);
        }
        erase(bytes, hardware.octets());
        given.forEach(value -> erase(bytes, ByteBuffer.allocate(4).putInt(value).array()));
        return new Sent(at, latency, bytes);
    }

    private static void erase(byte[] bytes, byte[] what) {
        for (int i = 0; i + what.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
                Arrays.fill(bytes, i, i + what.length, (byte) 0xee);
            }
        }
    }
}
