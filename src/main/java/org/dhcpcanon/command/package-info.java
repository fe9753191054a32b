/**
 * The command {@code dhcpcanon}, for people: it has subcommands, and a process of its own, which ends.
 *
 * <p>Hides the command line, files and terminals. May use {@code packet} and {@code audit}, of the adapters {@code dbus}, and
 * {@code linux} to capture packets, and, as the only package, picocli. That lies in {@code lib/command} of the image, where the service's class path does not look.
 */
@NullMarked
package org.dhcpcanon.command;

import org.jspecify.annotations.NullMarked;
