/**
 * A D-Bus connection, without opinions: messages in, messages out.
 *
 * <p>Hides what dbus-java does to us otherwise (threads, proxies, wrong error names, dying readers): only its message format,
 * authentication and transport are used. Knows neither NetworkManager nor our objects; {@code nm} and {@code bus} build on it.
 */
@NullMarked
package org.dhcpcanon.dbus;

import org.jspecify.annotations.NullMarked;
