package org.dhcpcanon.packet;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of octets with value equality; reads are bounds-checked and unsigned. */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Octets of(byte... bytes) {
        return new Octets(bytes.clone());
    }

    public static Octets copyOf(byte[] bytes, int from, int to) {
        return new Octets(Arrays.copyOfRange(bytes, from, to));
    }

    public static Octets u8(int value) {
        return new Octets(new byte[] {(byte) value});
    }

    public static Octets u16(int value) {
        return new Octets(new byte[] {(byte) (value >>> 8), (byte) value});
    }

    public static Octets u32(long value) {
        return new Octets(new Ipv4((int) value).octets());
    }

    public static Octets of(Ipv4 address) {
        return new Octets(address.octets());
    }

    /**
     * Reads what {@link #toColonHex} writes.
     *
     * @throws IllegalArgumentException if the text is not pairs of hexadecimal digits joined by colons, or empty */
    public static Octets fromColonHex(String text) {
        return text.isEmpty() ? EMPTY : new Octets(COLONS.parseHex(text));
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public int u8At(int index) {
        return bytes[index] & 0xff;
    }

    public int u16At(int index) {
        return u8At(index) << 8 | u8At(index + 1);
    }

    public long u32At(int index) {
        return (long) u16At(index) << 16 | u16At(index + 2);
    }

    public Ipv4 addressAt(int index) {
        return Ipv4.at(bytes, index);
    }

    public Octets slice(int from, int to) {
        return copyOf(bytes, from, to);
    }

    public Octets plus(Octets next) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + next.bytes.length);
        System.arraycopy(next.bytes, 0, joined, bytes.length, next.bytes.length);
        return new Octets(joined);
    }

    public byte[] toArray() {
        return bytes.clone();
    }

    /** Two lower-case digits an octet, joined by colons: {@code 01:0a:ff}. */
    public String toColonHex() {
        return COLONS.formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toColonHex();
    }
}
