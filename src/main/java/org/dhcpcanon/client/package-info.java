/**
 * The DHCP client of RFC 2131 §4.4 as a pure machine, and the anonymity profiles of RFC 7844 as data.
 *
 * <p>A state answers an event with the next state and a list of effects. There is no clock, socket, thread, log or randomness
 * here: time and random bits come in with {@code Turn}, deadlines are values that the states have. May use {@code packet} and
 * {@code lease}.
 */
@NullMarked
package org.dhcpcanon.client;

import org.jspecify.annotations.NullMarked;
