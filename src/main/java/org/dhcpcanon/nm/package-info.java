/**
 * NetworkManager as the one who is told about leases.
 *
 * <p>Hides the private socket, its dictionary, its reasons and its moods. May use {@code runtime} (and below) and {@code dbus}.
 */
@NullMarked
package org.dhcpcanon.nm;

import org.jspecify.annotations.NullMarked;
