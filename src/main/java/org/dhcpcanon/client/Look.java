package org.dhcpcanon.client;

import org.dhcpcanon.packet.IpHeader;

/**
 * What of a packet is not options.
 *
 * @param minimumLength DHCP payloads are padded with zeros to this many octets, 0..1200
 * @param even whether a payload of odd length gets one more zero
 * @param header of the IPv4 packets; the identification of what is sent as a frame
 * @param counted whether the identification counts up from a random start instead
 * @param reversed whether secs is written in the wrong order of octets
 * @param broadcast whether answers are asked for by broadcast (RFC 2131 §4.1), while there is no address
 */
public record Look(
        int minimumLength, boolean even, IpHeader header, boolean counted, boolean reversed, boolean broadcast) {
    private static final int LONGEST = 1200;

    public Look {
        if (minimumLength < 0 || minimumLength > LONGEST) {
            throw new IllegalArgumentException("a length of " + minimumLength);
        }
    }

    Look broadcasting() {
        return new Look(minimumLength, even, header, counted, reversed, true);
    }
}
