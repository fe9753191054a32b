package org.dhcpcanon.client;

import java.util.List;

/**
 * When a client asks whether an address is free, and says that it has it (RFC 5227), where it does so itself.
 *
 * @param probes the wait before each probe, at least one
 * @param listening from the last probe until the address counts as free (ANNOUNCE_WAIT)
 * @param announcements the wait before each announcement; none is possible
 */
public record Arp(List<Wait> probes, Wait listening, List<Wait> announcements) {
    public Arp {
        if (probes.isEmpty()) {
            throw new IllegalArgumentException("no probe");
        }
        probes = List.copyOf(probes);
        announcements = List.copyOf(announcements);
    }
}
