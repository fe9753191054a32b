/**
 * The gate of unlinkability: ten machines visit many networks, each time with another hardware address, and nobody who has seen all of
 * it may say which visits were the same machine's. The real client runs here, with production's kind of entropy, in virtual time; and
 * clients that are known to leak go through the same tests, which must find them, or the tests would prove nothing.
 *
 * <p>{@code -Dunlinkability.sessions=1000} makes the number of sessions of each machine larger than the 200 of everyday.
 */
@NullMarked
package org.dhcpcanon.unlinkability;

import org.jspecify.annotations.NullMarked;
