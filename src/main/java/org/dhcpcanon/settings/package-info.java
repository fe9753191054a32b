/**
 * What the administrator has written: {@code dhcpcanon.conf} and profiles.
 *
 * <p>Hides the syntax of these files. A mistake is told with file, line and what was expected; nothing here throws for one. May use
 * {@code runtime} and below.
 */
@NullMarked
package org.dhcpcanon.settings;

import org.jspecify.annotations.NullMarked;
