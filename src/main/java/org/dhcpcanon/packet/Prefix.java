package org.dhcpcanon.packet;

import java.util.Optional;

/**
 * A set of addresses with the same leading bits.
 *
 * @param network the lowest address; host bits are zero
 * @param length the number of leading bits that count, 0..32
 */
public record Prefix(Ipv4 network, int length) {
    public Prefix {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("prefix length " + length + " is not in 0..32");
        }
        network = network.and(Ipv4.mask(length));
    }

    /** {@code A.B.C.D} or {@code A.B.C.D/LENGTH}; empty for anything else. */
    public static Optional<Prefix> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Ipv4.parse(text).map(address -> new Prefix(address, 32));
        }
        String digits = text.substring(slash + 1);
        if (!digits.matches("[0-9]{1,2}") || Integer.parseInt(digits) > 32) {
            return Optional.empty();
        }
        return Ipv4.parse(text.substring(0, slash)).map(address -> new Prefix(address, Integer.parseInt(digits)));
    }

    public boolean contains(Ipv4 address) {
        return address.and(Ipv4.mask(length)).equals(network);
    }

    public Ipv4 mask() {
        return Ipv4.mask(length);
    }

    /** The address with all host bits set. */
    public Ipv4 broadcast() {
        return network.or(mask().inverted());
    }

    @Override
    public String toString() {
        return network + "/" + length;
    }
}
