/**
 * System calls by JNR: packet and UDP sockets, poll, timerfd, eventfd, fifos, interfaces, systemd.
 *
 * <p>Hides every number, struct layout and errno of Linux. The only package that may use JNR. Implements the ports {@code Links},
 * {@code Waiter}, {@code Clock}, {@code Channels} of {@code runtime}.
 */
@NullMarked
package org.dhcpcanon.linux;

import org.jspecify.annotations.NullMarked;
