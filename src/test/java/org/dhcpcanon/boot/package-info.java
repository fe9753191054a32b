/** Acceptance: the Debian package on a Debian 12 with its own systemd, in throw-away namespaces. May use {@code lab}. */
@NullMarked
package org.dhcpcanon.boot;

import org.jspecify.annotations.NullMarked;
