/**
 * NetworkManager as the one who is told about leases: over its private socket by those clients that it starts, and by what it has in
 * force on its devices where it starts none.
 *
 * <p>Hides the private socket, its dictionary, its reasons and its moods; its objects on the system bus, and the thread that waits for
 * them. May use {@code runtime} (and below) and {@code dbus}.
 */
@NullMarked
package org.dhcpcanon.nm;

import org.jspecify.annotations.NullMarked;
