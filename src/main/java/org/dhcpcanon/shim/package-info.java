/**
 * The programs that callers start (dhclient, dhcpcd, ...) seen from the service: their attach directories, argument dialects,
 * configuration files, and the fifo protocol.
 *
 * <p>May use {@code runtime} and below. Executes nothing: scripts run in the shim.
 */
@NullMarked
package org.dhcpcanon.shim;

import org.jspecify.annotations.NullMarked;
