/**
 * Bytes and values: Ethernet, IPv4, UDP and ARP frames, the DHCPv4 message and its options.
 *
 * <p>Hides the wire formats: checksums, header layouts, option overload (RFC 2132 §9.3), split options (RFC 3396). Knows
 * nothing of clients, leases or sockets. May use {@code java.lang}, {@code java.util} and {@code java.nio} buffers only.
 * Every function here is pure; input that cannot be understood ends in a {@link org.dhcpcanon.packet.DropReason}.
 */
@NullMarked
package org.dhcpcanon.packet;

import org.jspecify.annotations.NullMarked;
