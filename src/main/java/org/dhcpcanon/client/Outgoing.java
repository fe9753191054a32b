package org.dhcpcanon.client;

import org.dhcpcanon.packet.IpHeader;
import org.dhcpcanon.packet.Message;

/**
 * A message to send.
 *
 * @param message what
 * @param minimumLength the DHCP payload is padded with zeros to this many octets
 * @param header the IPv4 header fields of the profile
 * @param destination where to
 */
public record Outgoing(Message message, int minimumLength, IpHeader header, Destination destination) {}
