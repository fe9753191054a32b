package org.dhcpcanon.packet;

/** The Internet checksum, RFC 1071. */
final class Checksum {
    private Checksum() {}

    /**
     * Adds 16-bit words in network order; a last odd octet is the high half of a word (RFC 1071 §1).
     *
     * @param sum what was added before, 0 at first
     * @return for the next call or {@link #finish}
     */
    static long add(long sum, byte[] bytes, int from, int to) {
        long total = sum;
        for (int at = from; at < to; at++) {
            int octet = bytes[at] & 0xff;
            total += (at - from) % 2 == 0 ? octet << 8 : octet;
        }
        return total;
    }

    /** The ones' complement of the folded sum, 0..65535. Over data that holds its own checksum it is 0. */
    static int finish(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) ~folded & 0xffff;
    }

    static int of(byte[] bytes, int from, int to) {
        return finish(add(0, bytes, from, to));
    }
}
