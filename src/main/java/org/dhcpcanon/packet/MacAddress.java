package org.dhcpcanon.packet;

import java.util.Optional;

/**
 * An Ethernet (EUI-48) address.
 *
 * @param bits the six octets in the lower 48 bits, the first octet highest
 */
public record MacAddress(long bits) {
    public static final int LENGTH = 6;
    public static final MacAddress ZERO = new MacAddress(0);
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    /** Six octets of an array; the caller has checked that they are there. */
    public static MacAddress at(byte[] bytes, int offset) {
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            bits = bits << 8 | (bytes[offset + i] & 0xff);
        }
        return new MacAddress(bits);
    }

    /** {@code aa:bb:cc:dd:ee:ff}; empty for anything else. */
    public static Optional<MacAddress> parse(String text) {
        if (!text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            return Optional.empty();
        }
        return Optional.of(new MacAddress(Long.parseLong(text.replace(":", ""), 16)));
    }

    /** Whether somebody has chosen it, rather than the maker of the card (IEEE 802, the U/L bit). */
    public boolean isLocallyAdministered() {
        return (bits >>> 41 & 1) == 1;
    }

    public byte[] octets() {
        byte[] octets = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            octets[i] = (byte) (bits >>> (8 * (LENGTH - 1 - i)));
        }
        return octets;
    }

    /** See {@link Ipv4#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MacAddress address && bits == address.bits;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bits);
    }

    @Override
    public String toString() {
        return Octets.of(octets()).toColonHex();
    }
}
