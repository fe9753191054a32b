package org.dhcpcanon.audit;

import org.dhcpcanon.packet.Octets;

/**
 * One packet of a capture.
 *
 * @param source the file, as it is to be called
 * @param number 1 for the first packet of the file, counting those that are not understood too
 * @param at nanoseconds on any clock; only differences count
 * @param link which header the bytes begin with
 * @param bytes what was captured of it
 * @param outgoing whether the machine that captured it sent it; false also where the capture does not tell
 */
public record Frame(String source, int number, long at, LinkType link, Octets bytes, boolean outgoing) {
    /** As files have it, which do not tell who sent it. */
    public Frame(String source, int number, long at, LinkType link, Octets bytes) {
        this(source, number, at, link, bytes, false);
    }

    /** A frame in memory, from the Ethernet header on. */
    public static Frame ethernet(int number, long at, byte... bytes) {
        return new Frame("memory", number, at, LinkType.ETHERNET, Octets.of(bytes));
    }
}
