/**
 * Every row of what RFC 7844 and the RFCs around it ask of a DHCPv4 client, V4-01 to V4-29 and, as a check of its own. The
 * real client plays in virtual time through every state and everything that can happen in it ({@code Histories}), whole frames go over a
 * wire both ways ({@code Play}), and what is on that wire is judged: by the audit, and row by row, read anew from its octets.
 *
 * <p>{@code test-fixtures/requirements.md} says which test checks which row; {@code RequirementsTableTest} keeps it true.
 */
@NullMarked
package org.dhcpcanon.requirements;

import org.jspecify.annotations.NullMarked;
