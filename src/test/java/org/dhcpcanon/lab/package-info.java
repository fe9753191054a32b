/** Acceptance: dhcpcanon between a real NetworkManager and real DHCP servers, in throw-away namespaces. */
@NullMarked
package org.dhcpcanon.lab;

import org.jspecify.annotations.NullMarked;
