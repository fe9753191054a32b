package org.dhcpcanon.packet;

/**
 * What the fields sname and file say, up to their first NUL; nothing where they hold options (RFC 2132 §9.3).
 *
 * @param serverName at most 64 octets
 * @param file at most 128 octets
 */
public record BootFields(Octets serverName, Octets file) {
    public static final BootFields NONE = new BootFields(Octets.EMPTY, Octets.EMPTY);
}
