/** The programs that drive dhclient, and those that its script drives, as Debian has them. */
@NullMarked
package org.dhcpcanon.callers;

import org.jspecify.annotations.NullMarked;
