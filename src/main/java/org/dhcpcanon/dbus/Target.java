package org.dhcpcanon.dbus;

import java.util.Optional;

/**
 * Whose methods are called.
 *
 * @param destination a bus name; empty on a peer connection
 */
public record Target(Optional<String> destination, String path, String interfaceName) {}
