package org.dhcpcanon.lease;

import org.dhcpcanon.packet.OptionShape;

/**
 * An option as the administrator of this machine calls and reads it.
 *
 * @param code 1..254
 * @param name of its variable: small letters, digits and underscores
 */
public record Definition(int code, String name, OptionShape shape) {}
