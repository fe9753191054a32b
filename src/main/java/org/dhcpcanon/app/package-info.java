/**
 * Wiring and the command line: the only package that knows all others.
 */
@NullMarked
package org.dhcpcanon.app;

import org.jspecify.annotations.NullMarked;
