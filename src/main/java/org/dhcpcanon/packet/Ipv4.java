package org.dhcpcanon.packet;

import java.util.Optional;

/**
 * An IPv4 address. Not {@code InetAddress}, which can ask name servers and has no mask arithmetic.
 *
 * @param bits the address in network order, first octet in the highest eight bits
 */
public record Ipv4(int bits) implements Comparable<Ipv4> {
    public static final Ipv4 ANY = new Ipv4(0);
    public static final Ipv4 BROADCAST = new Ipv4(-1);

    /** Four octets of an array; the caller has checked that they are there. */
    public static Ipv4 at(byte[] bytes, int offset) {
        return of(bytes[offset] & 0xff, bytes[offset + 1] & 0xff, bytes[offset + 2] & 0xff, bytes[offset + 3] & 0xff);
    }

    public static Ipv4 of(int a, int b, int c, int d) {
        return new Ipv4(a << 24 | b << 16 | c << 8 | d);
    }

    /** A dotted quad with four decimal numbers of 0..255 and nothing else; empty for anything else. */
    public static Optional<Ipv4> parse(String text) {
        int bits = 0;
        int start = 0;
        for (int part = 0; part < 4; part++) {
            int end = part == 3 ? text.length() : text.indexOf('.', start);
            int octet = end < 0 ? -1 : octet(text, start, end);
            if (octet < 0) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
            start = end + 1;
        }
        return Optional.of(new Ipv4(bits));
    }

    private static int octet(String text, int start, int end) {
        if (end <= start || end - start > 3) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value <= 255 ? value : -1;
    }

    /** The mask with that many leading ones, 0..32. */
    public static Ipv4 mask(int prefixLength) {
        return new Ipv4(prefixLength == 0 ? 0 : -1 << (32 - prefixLength));
    }

    public Ipv4 and(Ipv4 other) {
        return new Ipv4(bits & other.bits);
    }

    public Ipv4 or(Ipv4 other) {
        return new Ipv4(bits | other.bits);
    }

    public Ipv4 inverted() {
        return new Ipv4(~bits);
    }

    /** Whether one host could have it: not 0/8, loopback, multicast, reserved or broadcast (RFC 1122 §3.2.1.3). */
    public boolean isHost() {
        int first = bits >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    public byte[] octets() {
        return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    }

    /** Written out, as in {@link MacAddress}: the record's own is linked at run time, when the first OFFER should be answered. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv4 address && bits == address.bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }

    @Override
    public int compareTo(Ipv4 other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
