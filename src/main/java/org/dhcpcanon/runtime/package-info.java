/**
 * The one loop thread that owns every client, and the ports through which it meets the world.
 *
 * <p>Hides scheduling and the order of effects. Everything here happens on the loop thread unless a docstring says otherwise;
 * other threads call {@link org.dhcpcanon.runtime.Mailbox#post} and read immutable views. Ports ({@code Link}, {@code LeaseSink},
 * {@code Clock}, ...) are implemented by the adapters of layer 4, which this package does not know. May use {@code packet},
 * {@code lease}, {@code client} and the log.
 */
@NullMarked
package org.dhcpcanon.runtime;

import org.jspecify.annotations.NullMarked;
