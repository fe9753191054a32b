/**
 * What a capture shows about DHCP clients: which requirements of RFC 7844 and its neighbours each keeps, and what identifies it beyond
 * them. It judges anybody's client, ours too, and therefore shares no code with the one that builds our messages.
 *
 * <p>Hides the file formats pcap and pcapng, link-layer headers, and the walk over options in the order of the wire ({@code
 * packet} joins split options and forgets padding, which are just what tells clients apart). The reader of files is our own: libpcap and
 * its bindings are native code, which must not meet hostile files here, and what is needed of the formats is a header of 24 octets, one of
 * 16 for each packet, and five kinds of block. May use {@code packet}. Everything is pure and takes bytes.
 *
 * <p>Way of the data: bytes, {@code CaptureReader}, {@code Frame}, {@code FrameReader}, {@code Seen}, {@code Client} with its {@code
 * Session}s, {@code Rule}, {@code Finding}. {@link org.dhcpcanon.audit.Audit} is the way in.
 */
@NullMarked
package org.dhcpcanon.audit;

import org.jspecify.annotations.NullMarked;
