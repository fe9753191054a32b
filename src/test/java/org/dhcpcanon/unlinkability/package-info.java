/**
 * The gate of unlinkability: ten machines visit many networks, each time with another hardware address, and nobody who has seen all of
 * it may say which visits were the same machine's. The real client runs here, with production's kind of entropy, in virtual time; and
 * clients that are known to leak go through the same tests, which must find them, or the tests would prove nothing.
 *
 * <p>A longer run is {@code mvn test -Dtest='org/dhcpcanon/unlinkability/*Test' -Dunlinkability.sessions=1000
 * -Dunlinkability.draws=500000}: so many sessions of each machine instead of the 200 of everyday, and so many of which everything that
 * is drawn is looked at, instead of 50 000.
 */
@NullMarked
package org.dhcpcanon.unlinkability;

import org.jspecify.annotations.NullMarked;
