/**
 * Our own D-Bus service, {@code org.dhcpcanon1}.
 *
 * <p>Hides object paths, introspection, property formats and who may call what. May use {@code runtime} (and below) and {@code dbus}.
 */
@NullMarked
package org.dhcpcanon.bus;

import org.jspecify.annotations.NullMarked;
