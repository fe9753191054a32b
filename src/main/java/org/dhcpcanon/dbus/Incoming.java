package org.dhcpcanon.dbus;

import org.freedesktop.dbus.messages.Message;

/**
 * A message that came in.
 *
 * @param whole false if the body was too long and is not there
 */
record Incoming(Message message, boolean whole) {}
