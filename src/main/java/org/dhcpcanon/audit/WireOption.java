package org.dhcpcanon.audit;

import org.dhcpcanon.packet.Octets;

/**
 * An option as it stands on the wire.
 *
 * @param code 1..254
 */
public record WireOption(int code, Octets value) {}
