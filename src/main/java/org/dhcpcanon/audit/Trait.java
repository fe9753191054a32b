package org.dhcpcanon.audit;

/**
 * Something that a client can be told by, beyond what RFC 7844 speaks of.
 *
 * @param name what it is, such as {@code host name}
 * @param value printable ASCII
 * @param personal whether it is a machine's rather than a program's: two hardware addresses that have it are one machine's
 * @param shown the first packet that shows it
 */
public record Trait(String name, String value, boolean personal, Frame shown) {}
