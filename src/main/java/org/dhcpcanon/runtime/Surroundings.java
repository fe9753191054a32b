package org.dhcpcanon.runtime;

import org.dhcpcanon.client.Entropy;
import org.dhcpcanon.client.Profile;

/**
 * What every client needs from outside.
 *
 * @param clock the time
 * @param entropy random bits, cryptographic
 * @param links opens interfaces
 * @param sinks chooses whom to tell
 * @param watcher is told what becomes of the clients
 * @param journal is written
 * @param profile what to look like
 */
public record Surroundings(
        Clock clock,
        Entropy entropy,
        Links links,
        SinkFactory sinks,
        ClientWatcher watcher,
        Journal journal,
        Profile profile) {}
