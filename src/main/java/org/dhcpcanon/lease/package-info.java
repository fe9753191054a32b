/**
 * What a server granted, as a value: the lease, its times, its routes, and its text forms.
 *
 * <p>Hides how T1, T2 and expiry are derived and repaired, how routes are encoded, what dhclient calls things. May use
 * {@code packet}. Pure.
 */
@NullMarked
package org.dhcpcanon.lease;

import org.jspecify.annotations.NullMarked;
